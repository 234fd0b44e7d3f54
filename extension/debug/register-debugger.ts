import * as vscode from "vscode";
import { activePipeline } from "../active-pipeline.ts";
import type { Edge } from "../edge.ts";
import { DEBUGGER_TYPE } from "../identifiers.ts";
import type { ApiKeys } from "../keys/api-keys.ts";
import { KEPT_SECRETS_VARIABLE } from "../keys/key-variables.ts";
import type { Workbench } from "../workbench-surface.ts";

/** Tells VS Code how to complete launch configurations and how to start the adapter. */
export function registerDebugger(
  edge: Edge,
  extensionUri: vscode.Uri,
  workbench: () => Promise<Workbench>,
  keys: ApiKeys,
): vscode.Disposable {
  const dynamic: vscode.DebugConfigurationProvider = {
    provideDebugConfigurations: () =>
      edge.run("offering launch configurations", async () => {
        const uri = activePipeline();
        return uri === undefined ? [] : [(await workbench()).configurationFor(uri)];
      }),
  };
  const complete: vscode.DebugConfigurationProvider = {
    resolveDebugConfiguration: (_folder, configuration) =>
      edge.run("completing the launch configuration", async () =>
        (await workbench()).completeConfiguration(configuration),
      ),
    resolveDebugConfigurationWithSubstitutedVariables: (folder, configuration) =>
      edge.run("preparing the run", async () => (await workbench()).resolveLaunch(folder, configuration)),
  };
  return vscode.Disposable.from(
    vscode.debug.registerDebugConfigurationProvider(DEBUGGER_TYPE, complete),
    vscode.debug.registerDebugConfigurationProvider(
      DEBUGGER_TYPE,
      dynamic,
      vscode.DebugConfigurationProviderTriggerKind.Dynamic,
    ),
    vscode.debug.registerDebugAdapterDescriptorFactory(DEBUGGER_TYPE, {
      createDebugAdapterDescriptor: ({ configuration }) =>
        edge.run("starting the debug adapter", async () =>
          configuration.request === "attach"
            ? // The run's own process answers.
              new vscode.DebugAdapterServer(Number(configuration["port"]), "127.0.0.1")
            : adapterProcess(extensionUri, await keys.environment()),
        ),
    }),
  );
}

/**
 * Megabytes of each half of the memory for what is short-lived, at most. V8 lets it grow to several times as much while one
 * steps, and each part of it is slow when it is used first: a step took half as long again (bench/debug).
 */
const YOUNG_MEMORY = "--max-semi-space-size=8";

/**
 * One adapter process per session, on the Node that runs this, be it VS Code's own executable. Keys that were set in VS
 * Code go over those of its environment.
 */
function adapterProcess(
  extensionUri: vscode.Uri,
  keys: Readonly<Record<string, string>>,
): vscode.DebugAdapterExecutable {
  const module = vscode.Uri.joinPath(extensionUri, "dist", "node", "debug-adapter.mjs").fsPath;
  return new vscode.DebugAdapterExecutable(process.execPath, [YOUNG_MEMORY, module], {
    env: { ...keys, [KEPT_SECRETS_VARIABLE]: Object.keys(keys).join(","), ELECTRON_RUN_AS_NODE: "1" },
  });
}
