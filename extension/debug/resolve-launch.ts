import * as path from "node:path";
import * as vscode from "vscode";
import type * as z from "zod";
import { parsePipeline } from "#core/pipeline";
import { attachArguments, launchArguments, MODEL_REQUESTS_VERSION } from "#protocol";
import { Refusal } from "../edge.ts";
import { type RunInput, runInputOf } from "./run-input.ts";

/** Asks the user for a run's input; undefined when they give up. */
export type AskInput = (
  pipeline: vscode.Uri,
  missing: Extract<RunInput, { kind: "missing" }>,
) => Promise<unknown>;

/**
 * The last step before an adapter starts: variables are substituted, so paths are real. Gives the configuration for the
 * adapter, undefined when the user gave up; throws a {@link Refusal} for what cannot run.
 */
export async function resolveLaunch(
  folder: vscode.WorkspaceFolder | undefined,
  configuration: vscode.DebugConfiguration,
  ask: AskInput,
): Promise<vscode.DebugConfiguration | undefined> {
  if (!vscode.workspace.isTrusted) {
    throw new Refusal(
      "This workspace is not trusted: pipelines can be looked at and edited, not run. Trust it to run them.",
    );
  }
  if (configuration.request === "attach") {
    const attached = attachArguments.safeParse(configuration);
    if (!attached.success) throw unusable(configuration, attached.error);
    if (attached.data.port === undefined)
      throw new Refusal(
        `The launch configuration "${configuration.name}" names no port. Give "port" the number that fm run --debug-port says.`,
      );
    return configuration;
  }
  const parsed = launchArguments.safeParse(configuration);
  if (!parsed.success) throw unusable(configuration, parsed.error);
  const { pipeline, replay, fork } = parsed.data;
  // serve-models.ts answers.
  const models = { modelRequests: MODEL_REQUESTS_VERSION };
  if (fork !== undefined) return { cwd: folderOf(folder, fork.run), ...configuration, ...models };
  if (pipeline === undefined) return { cwd: folderOf(folder, replay ?? ""), ...configuration };
  const root = folder?.uri.fsPath ?? path.dirname(pipeline);
  const file = vscode.Uri.file(path.resolve(root, pipeline));
  const resolved = { cwd: root, ...configuration, ...models, pipeline: file.fsPath };
  const { input, inputFile } = parsed.data;
  if (inputFile !== undefined) return { ...resolved, inputFile: path.resolve(root, inputFile) };
  if (input !== undefined) return resolved;
  return await withRunInput(resolved, file, ask);
}

function unusable({ name }: vscode.DebugConfiguration, { issues: [issue] }: z.ZodError): Refusal {
  return new Refusal(
    `The launch configuration "${name}": ${issue?.path.join(".") ?? ""} ${issue?.message ?? "is not usable"}. Mend it in .vscode/launch.json.`,
  );
}

/** Where a record is looked for: an id of a run needs a workspace, and the file of one lies somewhere. */
function folderOf(folder: vscode.WorkspaceFolder | undefined, replay: string): string {
  return (folder ?? vscode.workspace.workspaceFolders?.[0])?.uri.fsPath ?? path.dirname(path.resolve(replay));
}

async function withRunInput(
  configuration: vscode.DebugConfiguration,
  file: vscode.Uri,
  ask: AskInput,
): Promise<vscode.DebugConfiguration | undefined> {
  const found = runInputOf(parsePipeline(await textOf(file)));
  switch (found.kind) {
    case "none":
      return configuration;
    case "sample":
      return { ...configuration, input: found.input };
    case "missing": {
      const input = await ask(file, found);
      return input === undefined ? undefined : { ...configuration, input };
    }
  }
}

// What runs is what is saved; VS Code saves before it starts a session, unless the user has turned that off.
async function textOf(file: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    throw new Refusal(
      `There is no pipeline file ${file.fsPath}. Save it, or correct "pipeline" in the launch configuration.`,
    );
  }
}
