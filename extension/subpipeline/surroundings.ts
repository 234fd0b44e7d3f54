import type * as vscode from "vscode";
import type { EditQueue } from "../canvas/apply-edit.ts";
import type { Edge } from "../edge.ts";
import type { InheritedStages } from "../inheritance/inherited-stages.ts";
import type { PipelineTexts } from "../texts/pipeline-texts.ts";
import type { CalledPipelines } from "./called-pipelines.ts";
import type { Trails } from "./trails.ts";

/** What making and calling pipelines needs. */
export interface SubpipelineSurroundings {
  readonly edge: Edge;
  readonly texts: PipelineTexts;
  readonly edit: EditQueue;
  readonly called: CalledPipelines;
  readonly trails: Pick<Trails, "follow">;
  readonly inherited: Pick<InheritedStages, "parentOf">;
}

/** The canvas that something was chosen on. */
export interface CanvasOfPipeline {
  readonly document: vscode.TextDocument;
  /** Why the file cannot be edited; null when it can. */
  readonly readOnly: string | null;
  reveal(stage: string): void;
}
