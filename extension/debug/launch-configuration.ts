import * as path from "node:path";
import * as vscode from "vscode";
import { DEBUG_TYPE } from "#protocol";
import { activePipeline } from "../active-pipeline.ts";
import { Refusal } from "../edge.ts";

/** The configuration that runs one file with what the file itself offers. */
export function configurationFor(uri: vscode.Uri): vscode.DebugConfiguration {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const name =
    folder === undefined ? path.basename(uri.fsPath) : path.relative(folder.uri.fsPath, uri.fsPath);
  return { type: DEBUG_TYPE, request: "launch", name: name.replaceAll("\\", "/"), pipeline: uri.fsPath };
}

/**
 * Completes what F5 gives when there is no launch.json, which is next to nothing. Throws a {@link Refusal} when no
 * pipeline is meant.
 */
export function withPipeline(configuration: vscode.DebugConfiguration): vscode.DebugConfiguration {
  // A record knows its pipeline, and so does a run that is under way.
  if (configuration.request === "attach") return configuration;
  const named = [configuration["pipeline"], configuration["replay"], configuration["fork"]];
  if (named.some((each) => each !== undefined)) return configuration;
  const uri = activePipeline();
  if (uri === undefined) {
    throw new Refusal(
      'Which pipeline? Open one, or set "pipeline" in the launch configuration to a .pipeline.json file.',
    );
  }
  return { ...configurationFor(uri), ...present(configuration) };
}

/** Starts a session for a file. Resolves when it runs or the user has given up. */
export async function startPipeline(uri: vscode.Uri, mode: "debug" | "run"): Promise<void> {
  if (uri.scheme !== "file") {
    throw new Refusal(
      `A run needs a file on disk, and this is one of "${uri.scheme}". Save it to a folder first.`,
    );
  }
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  await vscode.debug.startDebugging(folder, configurationFor(uri), { noDebug: mode === "run" });
}

// VS Code passes `type: ""` and the like for what is not known yet.
function present(configuration: vscode.DebugConfiguration): Partial<vscode.DebugConfiguration> {
  return Object.fromEntries(
    Object.entries(configuration).filter(([, value]) => value !== undefined && value !== ""),
  );
}
