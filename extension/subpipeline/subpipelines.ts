import * as vscode from "vscode";
import { editPipeline } from "#core/pipeline";
import { Refusal } from "../edge.ts";
import { showOnCanvas } from "../open-as.ts";
import { extractStages } from "./extract-stages.ts";
import { notesOf } from "./notes-of.ts";
import type { CanvasOfPipeline, SubpipelineSurroundings } from "./surroundings.ts";

/** Pipelines made of stages, called by others, and written in their place. What cannot be done is thrown as a refusal. */
export interface Subpipelines {
  /** Asks for a name, and makes the stages a pipeline of it in a file beside this one; one undo takes that back. */
  extract(canvas: CanvasOfPipeline, stages: readonly string[]): Promise<void>;
  /** Writes the stages of the called pipeline in place of the one that calls it; its file stays. */
  inline(canvas: CanvasOfPipeline, stage: string): Promise<void>;
  /** Shows the called pipeline on a canvas. */
  openCalled(canvas: CanvasOfPipeline, stage: string): Promise<void>;
}

/** Sub-pipelines of the open pipelines. */
export function createSubpipelines({
  edge,
  texts,
  edit,
  called,
  inherited,
  trails,
}: SubpipelineSurroundings): Subpipelines {
  const find = async ({ document }: CanvasOfPipeline, stage: string): Promise<vscode.Uri> => {
    const answer = await called.findCalled(document.uri, stage);
    if (!answer.found) throw new Refusal(answer.message);
    return vscode.Uri.parse(answer.uri);
  };
  return {
    async extract(canvas, stages) {
      refuseReadOnly(canvas);
      await extractStages({ edge, texts, edit }, canvas, stages);
    },
    async inline(canvas, stage) {
      refuseReadOnly(canvas);
      // As it is in the editor, where it may not be saved yet.
      const pipeline = (await vscode.workspace.openTextDocument(await find(canvas, stage))).getText();
      const outcome = await edit(canvas.document, (current) =>
        editPipeline(
          current,
          { kind: "inline-subpipeline", stage, pipeline },
          inherited.parentOf(canvas.document),
        ),
      );
      const notes = notesOf(outcome);
      if (notes.length > 0) void vscode.window.showInformationMessage(notes.join(" "));
    },
    async openCalled(canvas, stage) {
      const target = await find(canvas, stage);
      trails.follow(canvas.document.uri, stage, target);
      await showOnCanvas(target);
    },
  };
}

function refuseReadOnly({ readOnly }: CanvasOfPipeline): void {
  if (readOnly !== null) throw new Refusal(readOnly);
}
