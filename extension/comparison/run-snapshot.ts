import * as path from "node:path";
import * as vscode from "vscode";
import type { RunPipelineAnswer } from "#protocol";
import { chooseRun, type ListRuns } from "../debug/debug-recorded-run.ts";
import type { ComparedSource } from "./compared-source.ts";

/** The text that the pipeline of a recorded run had; `folder` is in the run's workspace. */
export type RecordedPipeline = (folder: vscode.Uri, runId: string) => Promise<RunPipelineAnswer>;

/** Lets the user choose a recorded run: the pipeline as it ran, and the file that it was. */
export async function chooseRunSnapshot(
  list: ListRuns,
  read: RecordedPipeline,
  pipeline: vscode.Uri | undefined,
): Promise<{ readonly source: ComparedSource; readonly file: vscode.Uri | null } | undefined> {
  const chosen = await chooseRun(list, pipeline, {
    title: "Compare with Run",
    placeHolder: "The pipeline as it was when it ran",
  });
  if (chosen === undefined) return undefined;
  const root = vscode.Uri.file(chosen.root);
  const recorded = await read(root, chosen.runId);
  const file = recorded.path === null ? null : vscode.Uri.file(path.join(chosen.root, recorded.path));
  return { source: { kind: "text", text: recorded.text, name: `run ${chosen.runId}` }, file };
}
