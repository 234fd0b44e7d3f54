import type { Json, SecretPort } from "#core/ports";
import { keyVariables } from "#core/providers";
import {
  createRedactor,
  type Redactor,
  recordedSources,
  SecretUnavailable,
  SHORTEST_SECRET,
  secretSource,
} from "#core/secrets";
import { nodeRandom } from "../node-random.ts";
import type { Manifest } from "../workspace.ts";
import { environmentSecrets } from "./environment-secrets.ts";

/** Whether a run can have a secret; `advice` says where it was looked for and what to do. */
export type SecretLook =
  | { readonly kind: "usable" }
  | { readonly kind: "missing"; readonly advice: string }
  | { readonly kind: "too-short" };

/** Where the secrets of one run come from, and what keeps them out of all that it tells. */
export interface SecretStore {
  readonly port: SecretPort;
  /** Knows the keys of providers from the beginning, and each secret since it was looked at. */
  readonly redactor: Redactor;
  /** Variables that FlowMason itself reads, and no program or expression. */
  readonly withheld: ReadonlySet<string>;
  /** Those of them that have a value which is to be kept out of what is told. */
  readonly keys: readonly string[];
  look(source: string): SecretLook;
  /** A value of a record with its secrets put back. Rejects with {@link SecretUnavailable} where one is not there. */
  recall<T extends Json>(recorded: T): Promise<T>;
}

/** What a store is opened for. */
export interface SecretStoreOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly manifest: Pick<Manifest, "providers">;
  /** That of the record that a run goes on from; a new one without it. */
  readonly mark?: string | undefined;
}

/** Characters of a provider's key that is one: servers that need none are given words such as `none`. */
const SHORTEST_KEY = 8;

/** Opens the secrets of a run. */
export async function openSecretStore({ env, manifest, mark }: SecretStoreOptions): Promise<SecretStore> {
  const port = environmentSecrets(env);
  const redactor = createRedactor(mark ?? nodeRandom.id());
  const withheld = keyVariables(manifest.providers);
  const keys: string[] = [];
  for (const variable of withheld) {
    const value = (await port.get(variable)) ?? "";
    if (value.length < SHORTEST_KEY) continue;
    keys.push(variable);
    redactor.know(variable, value);
  }
  const valueOf = (source: string): string => {
    const where = secretSource(source);
    return where.kind === "environment" && Object.hasOwn(env, where.variable)
      ? (env[where.variable] ?? "")
      : "";
  };
  const look = (source: string): SecretLook => {
    const value = valueOf(source);
    if (value === "")
      return { kind: "missing", advice: `Set the environment variable ${source} and run again.` };
    redactor.know(source, value);
    return { kind: value.length < SHORTEST_SECRET ? "too-short" : "usable" };
  };
  return {
    port,
    redactor,
    withheld,
    keys,
    look,
    async recall(recorded) {
      for (const source of recordedSources(recorded, redactor.mark)) {
        const found = look(source);
        if (found.kind !== "missing") continue;
        throw new SecretUnavailable(
          `The record has the secret ${source} in its input or its pipeline, and it has no value now. ${found.advice}`,
        );
      }
      return redactor.reveal(recorded);
    },
  };
}
