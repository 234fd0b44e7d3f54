import type { AskPort, ExecutionPorts, ModelPort, RandomPort } from "#core/ports";
import { createModelPort, keyVariables, type ModelPortConfig } from "#core/providers";
import { createHttpPort, proxiedFetch } from "./http/http-port.ts";
import { defaultHttpRules, type HttpRules } from "./http/http-rules.ts";
import { nobody } from "./nobody.ts";
import { nodeClock } from "./node-clock.ts";
import { nodeRandom } from "./node-random.ts";
import { createProcessPort } from "./process-port.ts";
import { environmentSecrets } from "./secrets/environment-secrets.ts";
import type { SecretStore } from "./secrets/secret-store.ts";
import type { CodeFolders } from "./unwritable.ts";
import { workspaceFiles } from "./workspace-files.ts";

/** What Node's ports are made from. */
export interface NodePortsConfig {
  /** An absolute path. */
  readonly workspaceRoot: string;
  /** Keys, secrets and proxies; usually `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of its manifest: folders that hold code of the project besides `components`, where no pipeline writes. */
  readonly codeFolders?: CodeFolders;
  /** `providers` of flowmason.json. */
  readonly providers: ModelPortConfig["providers"];
  /** `prices` of flowmason.json. */
  readonly prices?: ModelPortConfig["prices"] | undefined;
  /** `http` of flowmason.json; without it every host may be called. */
  readonly http?: HttpRules | undefined;
  /** Where secrets come from, and what programs do not get; the environment, and all but keys, without it. */
  readonly secrets?: Pick<SecretStore, "port" | "withheld">;
  /** The models of the editor that started the run. */
  readonly editor?: ModelPort;
  /** Without it no one can be asked. */
  readonly people?: AskPort;
}

/** Everything a run needs from outside. */
export interface NodePorts extends ExecutionPorts {
  readonly random: RandomPort;
}

/** The ports of one workspace. */
export function createNodePorts({
  workspaceRoot,
  codeFolders = [],
  env,
  providers,
  prices = {},
  http = defaultHttpRules,
  secrets: { port: secrets, withheld } = {
    port: environmentSecrets(env),
    withheld: keyVariables(providers),
  },
  editor,
  people,
}: NodePortsConfig): NodePorts {
  // Keys are for the providers alone: a program that needs one is given it by name.
  const programEnv = Object.fromEntries(Object.entries(env).filter(([name]) => !withheld.has(name)));
  return {
    clock: nodeClock,
    random: nodeRandom,
    http: createHttpPort(env, http),
    secrets,
    models: createModelPort({
      providers,
      prices,
      secrets,
      clock: nodeClock,
      fetch: proxiedFetch(env),
      editor,
    }),
    files: workspaceFiles(workspaceRoot, codeFolders),
    processes: createProcessPort({
      workspaceRoot,
      env: programEnv,
      clock: nodeClock,
      platform: process.platform,
    }),
    people: people ?? nobody,
  };
}
