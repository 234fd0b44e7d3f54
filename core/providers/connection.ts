import type { Failure, FailureType, Json } from "#core/ports";
import { type KnownProvider, knownProviders, type Protocol, type ResponseFormat } from "./known-providers.ts";
import { configuredKeyVariable, type ProviderSettings } from "./settings.ts";

/** How to reach a provider. */
export type Connection =
  | { readonly kind: "offline" }
  /** `model` as VS Code's models are called; null: the first that it offers. */
  | { readonly kind: "editor"; readonly model: string | null }
  | ServerConnection;

/** How to reach a provider that is a server. */
export interface ServerConnection {
  readonly kind: "server";
  readonly protocol: Protocol;
  readonly provider: string;
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey: string | null;
  /** Where the key comes from, for messages. */
  readonly keyVariable: string | null;
  readonly responseFormat: ResponseFormat;
  /** Bytes of an answer after which it is refused. */
  readonly maxResponseBytes: number;
}

/** A connection, or why there is none. */
export type ConnectionResult =
  | { readonly ok: true; readonly connection: Connection }
  | { readonly ok: false; readonly failure: Failure };

/** Some fifty times what the longest answer of today's models has, with all that is around its pieces. */
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

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
  if (known?.kind === "editor")
    return { ok: true, connection: { kind: "editor", model: wanted.model ?? configured?.model ?? null } };
  const protocol = configured?.protocol ?? known?.protocol ?? "openai-compatible";
  const address = await baseUrlOf(known, configured, lookUp);
  if (address === undefined) return noAddress(provider);
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return badAddress(provider, address);
  if (holdsPassword(address)) {
    return refuse(
      "VALIDATION",
      `The address of provider "${provider}" holds a user name or password, which is not sent. Take it out, and name the variable that holds the key as providers.${provider}.api_key_env in flowmason.json.`,
    );
  }
  const model = wanted.model ?? configured?.model ?? known?.model ?? null;
  if (model === null) {
    return refuse(
      "VALIDATION",
      `Provider "${provider}" has no default model. Give "model" in the stage's config, or under providers.${provider} in flowmason.json.`,
    );
  }
  const keyVariable = configuredKeyVariable(configured) ?? known?.keyVariable ?? null;
  const apiKey = keyVariable === null ? null : ((await lookUp(keyVariable)) ?? null);
  if (keyVariable !== null && (apiKey === null || apiKey === "")) return noKey(provider, keyVariable);
  return {
    ok: true,
    connection: {
      kind: "server",
      protocol,
      provider,
      baseUrl: protocol === "anthropic" ? withVersion(address) : address,
      model,
      apiKey,
      keyVariable,
      responseFormat: configured?.response_format ?? known?.responseFormat ?? "json_schema",
      maxResponseBytes: configured?.max_response_bytes ?? MAX_RESPONSE_BYTES,
    },
  };
}

async function baseUrlOf(
  known: Extract<KnownProvider, { kind: "server" }> | undefined,
  configured: ProviderSettings | undefined,
  lookUp: (name: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const inManifest = configured?.base_url ?? configured?.baseUrl;
  if (inManifest !== undefined || known === undefined) return inManifest;
  return (await lookUp(known.baseUrlVariable)) ?? known.baseUrl;
}

/** ANTHROPIC_BASE_URL is the bare host for Anthropic's own tools, which add the version to it. */
function withVersion(address: string): string {
  return new URL(address).pathname === "/" ? `${address.replace(/\/$/, "")}/v1` : address;
}

function holdsPassword(address: string): boolean {
  const { username, password } = new URL(address);
  return username !== "" || password !== "";
}

function noAddress(provider: string): ConnectionResult {
  return refuse(
    "VALIDATION",
    `Provider "${provider}" has no address. Give the address of an OpenAI-compatible server as providers.${provider}.base_url in flowmason.json, or choose another provider, such as with --provider offline, which needs no key.`,
  );
}

function badAddress(provider: string, address: string): ConnectionResult {
  return refuse(
    "VALIDATION",
    `The address of provider "${provider}" is no http or https address: ${JSON.stringify(address.slice(0, 100))}. Write it as https://host/v1.`,
  );
}

function noKey(provider: string, keyVariable: string): ConnectionResult {
  return refuse(
    "SECURITY",
    `Provider "${provider}" needs a key, and the environment variable ${keyVariable} is not set. Set it to your key (in VS Code: the command "FlowMason: Set API Key…"), or run with --provider offline to try the pipeline without a model.`,
    { keyVariable },
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

/** The host of an address, for messages. */
export function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}

function refuse(type: FailureType, message: string, details?: Json): ConnectionResult {
  const failure = { type, message, recoverable: false, field: "provider" };
  return { ok: false, failure: details === undefined ? failure : { ...failure, details } };
}
