import type { Json, SecretPort } from "#core/ports";
import { keyVariables } from "#core/providers";
import {
  createRedactor,
  type Redactor,
  recordedSources,
  SecretUnavailable,
  SHORTEST_SECRET,
  secretSource,
  whereSecretIs,
} from "#core/secrets";
import { createHttpPort } from "../http/http-port.ts";
import { defaultHttpRules } from "../http/http-rules.ts";
import { nodeRandom } from "../node-random.ts";
import type { Workspace } from "../workspace.ts";
import { type Dotenv, readDotenv } from "./read-dotenv.ts";
import { defaultVault, type SecretSettings } from "./secrets-schema.ts";
import { createVault } from "./vault.ts";

/** Whether a run can have a secret; `advice` says where it was looked for and what to do. */
export type SecretLook =
  | { readonly kind: "usable" }
  | { readonly kind: "missing"; readonly advice: string }
  | { readonly kind: "too-short" };

/** Where the secrets of one run come from, and what keeps them out of all that it tells. */
export interface SecretStore {
  /** Rejects with {@link SecretUnavailable} where a vault refuses. */
  readonly port: SecretPort;
  /** Knows the keys of providers from the beginning, and each secret since it was looked at. */
  readonly redactor: Redactor;
  /** Variables that FlowMason itself reads, and no program or expression. */
  readonly withheld: ReadonlySet<string>;
  /** The environment without them. */
  readonly visible: Readonly<Record<string, string | undefined>>;
  /** Those that have a value which is to be kept out of what is told. */
  readonly keys: readonly string[];
  /** One in a vault counts as usable until it was read. */
  look(source: string): SecretLook;
  /** Reads what was looked at and not read yet, and says whether there was any. Rejects with {@link SecretUnavailable}. */
  readRest(): Promise<boolean>;
  /** A value of a record with its secrets put back. Rejects with {@link SecretUnavailable} where one is not there. */
  recall<T extends Json>(recorded: T): Promise<T>;
}

/** What a store is opened for. */
export interface SecretStoreOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workspace: Workspace;
  /** That of the record that a run goes on from; a new one without it. */
  readonly mark?: string | undefined;
  /** A file in place of the one that the project names. */
  readonly envFile?: { readonly path: string; readonly name: string } | undefined;
  /** Variables of the environment that are secrets, whatever pipelines say of them. */
  readonly kept?: readonly string[];
}

/** Characters of a provider's key that is one: servers that need none are given words such as `none`. */
const SHORTEST_KEY = 8;

/** Opens the secrets of a run. Rejects with {@link SecretUnavailable} for a file that cannot be read. */
export async function openSecretStore(options: SecretStoreOptions): Promise<SecretStore> {
  const { env, workspace, mark, envFile, kept = [] } = options;
  const { providers, http, secrets: settings } = workspace.manifest;
  const dotenv = await readDotenv(
    workspace.root,
    envFile === undefined ? dotenvOf(settings) : { kind: "named", ...envFile },
  );
  const redactor = createRedactor(mark ?? nodeRandom.id());
  const variable = (name: string): string => {
    const own = Object.hasOwn(env, name) ? (env[name] ?? "") : "";
    return own === "" ? (dotenv?.values.get(name) ?? "") : own;
  };
  const vaultSettings = settings?.vault ?? defaultVault;
  const token = variable(vaultSettings.token_env);
  const vault = createVault({
    settings: vaultSettings,
    address: variable("VAULT_ADDR"),
    token: token === "" ? undefined : token,
    http: createHttpPort(env, http ?? defaultHttpRules),
  });
  const withheld = new Set([...keyVariables(providers), ...kept, vaultSettings.token_env]);
  const keys = [...withheld].filter((name) => variable(name).length >= SHORTEST_KEY);
  for (const name of keys) redactor.know(name, variable(name));

  /** Of vaults, by source: what was read. */
  const read = new Map<string, string>();
  const unread = new Set<string>();
  const get = async (source: string): Promise<string> => {
    const where = secretSource(source);
    if (where.kind === "environment") return variable(where.variable);
    const value = (await vault.read(where.path, where.field)) ?? "";
    unread.delete(source);
    read.set(source, value);
    redactor.know(source, value);
    return value;
  };
  const look = (source: string): SecretLook => {
    const where = secretSource(source);
    if (where.kind === "vault" && !read.has(source)) {
      unread.add(source);
      return { kind: "usable" };
    }
    const value = where.kind === "vault" ? (read.get(source) ?? "") : variable(where.variable);
    if (value === "") return { kind: "missing", advice: adviceFor(source, dotenv?.name) };
    redactor.know(source, value);
    return { kind: value.length < SHORTEST_SECRET ? "too-short" : "usable" };
  };
  const readRest = async (): Promise<boolean> => {
    const sources = [...unread];
    await Promise.all(sources.map(get));
    return sources.length > 0;
  };
  return {
    port: { get: async (source) => (await get(source)) || undefined },
    redactor,
    withheld,
    visible: Object.fromEntries(Object.entries(env).filter(([name]) => !withheld.has(name))),
    keys,
    look,
    readRest,
    async recall(recorded) {
      const sources = [...recordedSources(recorded, redactor.mark)];
      sources.forEach(look);
      await readRest();
      for (const source of sources) {
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

function dotenvOf(settings: SecretSettings | undefined): Dotenv {
  const dotenv = settings?.dotenv ?? false;
  if (dotenv === false) return { kind: "none" };
  if (dotenv === true) return { kind: "project", path: ".env", presence: "optional" };
  return { kind: "project", path: dotenv, presence: "required" };
}

function adviceFor(source: string, dotenv: string | undefined): string {
  if (secretSource(source).kind === "vault")
    return `There is no ${whereSecretIs(source)}. Put it there, and run again.`;
  const looked = dotenv === undefined ? "" : `Neither the environment nor ${dotenv} has ${source}. `;
  const file = dotenv === undefined ? "fm also reads it from a file (--dotenv FILE), and " : "";
  const kept = `${file}VS Code keeps it with "FlowMason: Set API Key…"`;
  return `${looked}Set the environment variable ${source} and run again. ${kept}.`;
}
