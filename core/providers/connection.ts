import type { Failure, FailureType } from "#core/ports";
import {
  type KnownProvider,
  knownProviders,
  type ProviderSettings,
  type ResponseFormat,
} from "./settings.ts";

/** How to reach a provider. */
export type Connection =
  | { readonly kind: "offline" }
  | {
      readonly kind: "openai-compatible";
      readonly provider: string;
      readonly baseUrl: string;
      readonly model: string;
      readonly apiKey: string | null;
      /** Where the key comes from, for messages. */
      readonly keyVariable: string | null;
      readonly responseFormat: ResponseFormat;
    };

/** A connection, or why there is none. */
export type ConnectionResult =
  | { readonly ok: true; readonly connection: Connection }
  | { readonly ok: false; readonly failure: Failure };

/**
 * Puts together what is known of a provider, what flowmason.json says of it, and what the environment holds. `lookUp`
 * gives an environment variable's or a secret's value.
 */
export async function connectionTo(
  wanted: { readonly provider: string; readonly model: string | null },
  settings: ReadonlyMap<string, ProviderSettings>,
  lookUp: (name: string) => Promise<string | undefined>,
): Promise<ConnectionResult> {
  const { provider } = wanted;
  const known = knownProviders.get(provider);
  const configured = settings.get(provider);
  if (known === undefined && configured === undefined) return unknownProvider(provider, settings);
  if (known?.kind === "offline") return { ok: true, connection: { kind: "offline" } };
  const baseUrl = await baseUrlOf(known, configured, lookUp);
  if (baseUrl === undefined) return noAddress(provider, known);
  if (holdsPassword(baseUrl)) {
    return refuse(
      "VALIDATION",
      `The address of provider "${provider}" holds a user name or password, which is not sent. Take it out, and name the variable that holds the key as providers.${provider}.api_key_env in flowmason.json.`,
    );
  }
  const model =
    wanted.model ?? configured?.model ?? (known?.kind === "openai-compatible" ? known.model : null);
  if (model === null || model === undefined) {
    return refuse(
      "VALIDATION",
      `Provider "${provider}" has no default model. Give "model" in the stage's config, or under providers.${provider} in flowmason.json.`,
    );
  }
  const keyVariable = configured?.api_key_env ?? (known === undefined ? null : known.keyVariable);
  const apiKey = keyVariable === null ? null : ((await lookUp(keyVariable)) ?? null);
  if (keyVariable !== null && (apiKey === null || apiKey === "")) {
    return refuse(
      "SECURITY",
      `Provider "${provider}" needs a key, and the environment variable ${keyVariable} is not set. Set it to your key, or run with --provider offline to try the pipeline without a model.`,
    );
  }
  const responseFormat =
    configured?.response_format ??
    (known?.kind === "openai-compatible" ? known.responseFormat : "json_schema");
  return {
    ok: true,
    connection: { kind: "openai-compatible", provider, baseUrl, model, apiKey, keyVariable, responseFormat },
  };
}

async function baseUrlOf(
  known: Exclude<KnownProvider, { kind: "offline" }> | undefined,
  configured: ProviderSettings | undefined,
  lookUp: (name: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const inManifest = configured?.base_url ?? configured?.baseUrl;
  if (inManifest !== undefined || known?.kind !== "openai-compatible") return inManifest;
  return (await lookUp(known.baseUrlVariable)) ?? known.baseUrl;
}

function holdsPassword(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password } = new URL(address);
  return username !== "" || password !== "";
}

function noAddress(provider: string, known: KnownProvider | undefined): ConnectionResult {
  const why =
    known === undefined
      ? `Provider "${provider}" has no address.`
      : `Provider "${provider}" is not built into this version of FlowMason.`;
  return refuse(
    "VALIDATION",
    `${why} Give the address of an OpenAI-compatible server as providers.${provider}.base_url in flowmason.json, or choose another provider, such as with --provider offline, which needs no key.`,
  );
}

function unknownProvider(
  provider: string,
  settings: ReadonlyMap<string, ProviderSettings>,
): ConnectionResult {
  const names = [...new Set([...knownProviders.keys(), ...settings.keys()])].join(", ");
  return refuse(
    "VALIDATION",
    `There is no provider "${provider}". Known are ${names}; any other OpenAI-compatible server needs providers.${provider}.base_url in flowmason.json.`,
  );
}

function refuse(type: FailureType, message: string): ConnectionResult {
  return { ok: false, failure: { type, message, recoverable: false, field: "provider" } };
}
