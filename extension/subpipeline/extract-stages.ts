import * as vscode from "vscode";
import { type ExtractedPipeline, extractSubpipeline, type PipelineDocument } from "#core/pipeline";
import type { PlannedChange } from "../canvas/apply-edit.ts";
import { Refusal } from "../edge.ts";
import { askName, type Target } from "../new-pipeline/ask-name.ts";
import { pipelineFile } from "../new-pipeline/pipeline-name.ts";
import { showOnCanvas } from "../open-as.ts";
import { notesOf } from "./notes-of.ts";
import type { CanvasOfPipeline, SubpipelineSurroundings } from "./surroundings.ts";

const OPEN = "Open";

/** Makes stages a pipeline of a name that is asked for; the new file and the change of this one are one edit. */
export async function extractStages(
  { edge, texts, edit }: Pick<SubpipelineSurroundings, "edge" | "texts" | "edit">,
  { document, reveal }: CanvasOfPipeline,
  stages: readonly string[],
): Promise<void> {
  if (stages.length === 0) throw new Refusal("Select the stages on the canvas first.");
  if (document.isUntitled)
    throw new Refusal("Save this pipeline first: the file of the new one will be beside it.");
  // Nobody is to think of a name in vain.
  const attempt = extracted(texts.read(document), stages, "sub-pipeline");
  if (!attempt.ok) throw new Refusal(attempt.message);
  const folder = vscode.Uri.joinPath(document.uri, "..");
  const target = await askName(folder, "Extract to Sub-pipeline", "clean-up");
  if (target === undefined) return;
  const before = stageIds(texts.read(document));
  const notes = notesOf(await edit(document, (current) => planFor(current, stages, target)));
  const caller = [...stageIds(texts.read(document))].find((id) => !before.has(id));
  if (caller !== undefined) reveal(caller);
  const count = stages.length === 1 ? "The stage is" : `The ${stages.length} stages are`;
  const told = [`${count} in ${vscode.workspace.asRelativePath(target.uri)} now.`, ...notes].join(" ");
  void vscode.window
    .showInformationMessage(told, OPEN)
    .then((choice) =>
      choice === OPEN ? edge.run("opening the pipeline", () => showOnCanvas(target.uri)) : undefined,
    );
}

function planFor(current: PipelineDocument, stages: readonly string[], { name, uri }: Target): PlannedChange {
  const result = extracted(current, stages, name);
  return result.ok ? { ...result, newFile: { uri, text: result.file } } : result;
}

/** It is called by the path of its file: another pipeline of the project may have its name. */
function extracted(current: PipelineDocument, stages: readonly string[], name: string): ExtractedPipeline {
  return extractSubpipeline(current, {
    kind: "extract-subpipeline",
    stages,
    name,
    reference: pipelineFile(name),
    id: null,
  });
}

function stageIds({ pipeline }: PipelineDocument): ReadonlySet<string> {
  return new Set(pipeline.stages.map(({ id }) => id));
}
