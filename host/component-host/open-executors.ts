import type { Executor } from "#core/ports";
import type { Workspace } from "../workspace.ts";
import { componentEnvironment } from "./component-environment.ts";
import { createComponentExecutor } from "./component-executor.ts";
import type { OwnComponents } from "./own-components.ts";

/** Executors by canonical type, and what ends their processes. */
export interface OpenExecutors {
  readonly executors: ReadonlyMap<string, Executor>;
  close(): void;
}

/** Executors for the components of a project's own. A process starts with the first attempt. */
export function openExecutors(
  workspace: Workspace,
  { files }: OwnComponents,
  env: Readonly<Record<string, string | undefined>>,
): OpenExecutors {
  const environment = { root: workspace.root, env: componentEnvironment(workspace.manifest, env) };
  const executor = createComponentExecutor(environment, files);
  return {
    executors: new Map(Array.from(files.keys(), (type) => [type, executor])),
    close: () => executor.close(),
  };
}
