import type { ExecutionPorts, FilePort, RandomPort } from "#core/ports";
import { createModelPort, type ModelPortConfig } from "#core/providers";
import { environmentSecrets } from "./environment-secrets.ts";
import { createHttpPort, proxiedFetch } from "./http-port.ts";
import { nodeClock } from "./node-clock.ts";
import { nodeRandom } from "./node-random.ts";
import { workspaceFiles } from "./workspace-files.ts";

/** What Node's ports are made from. */
export interface NodePortsConfig {
  /** An absolute path. */
  readonly workspaceRoot: string;
  /** Keys, secrets and proxies; usually `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `providers` of flowmason.json. */
  readonly providers: ModelPortConfig["providers"];
}

/** Everything a run needs from outside. */
export interface NodePorts extends ExecutionPorts {
  readonly files: FilePort;
  readonly random: RandomPort;
}

/** The ports of one workspace. */
export function createNodePorts({ workspaceRoot, env, providers }: NodePortsConfig): NodePorts {
  const secrets = environmentSecrets(env);
  return {
    clock: nodeClock,
    random: nodeRandom,
    http: createHttpPort(env),
    secrets,
    models: createModelPort({ providers, secrets, clock: nodeClock, fetch: proxiedFetch(env) }),
    files: workspaceFiles(workspaceRoot),
  };
}
