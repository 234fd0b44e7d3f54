import type * as vscode from "vscode";
import type { CalledPipelineAnswer } from "#protocol";

/** What the language server knows of the pipelines that others call. */
export interface CalledPipelines {
  /** The file of the pipeline that a stage of an open one calls. */
  findCalled(pipeline: vscode.Uri, stage: string): Promise<CalledPipelineAnswer>;
}
