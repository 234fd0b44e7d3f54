import * as vscode from "vscode";
import { type PipelineDocument, type Stage, stageAt, stageSpan } from "#core/pipeline";

/** Where a stage opens: the place of its breakpoint. The character is 0 unless another stage opens on that line. */
export function openingPosition(
  document: vscode.TextDocument,
  pipeline: PipelineDocument,
  stage: Stage,
): vscode.Position {
  const start = document.positionAt(stageSpan(pipeline, stage).start);
  const first = firstOpeningOn(document, pipeline, start.line);
  return first === undefined || first.id === stage.id ? new vscode.Position(start.line, 0) : start;
}

/** The stage that a breakpoint at `position` means: the one around it, else the first one that opens on its line. */
export function stageOfBreakpoint(
  document: vscode.TextDocument,
  pipeline: PipelineDocument,
  position: vscode.Position,
): Stage | undefined {
  if (position.line >= document.lineCount) return undefined;
  const line = document.lineAt(position.line);
  const character = Math.max(position.character, line.firstNonWhitespaceCharacterIndex);
  const offset = document.offsetAt(new vscode.Position(position.line, character));
  return stageAt(pipeline, offset) ?? firstOpeningOn(document, pipeline, position.line);
}

/** The stage's text as a range. */
export function stageRange(
  document: vscode.TextDocument,
  pipeline: PipelineDocument,
  stage: Stage,
): vscode.Range {
  const { start, end } = stageSpan(pipeline, stage);
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

function firstOpeningOn(
  document: vscode.TextDocument,
  pipeline: PipelineDocument,
  line: number,
): Stage | undefined {
  const range = document.lineAt(line).range;
  const from = document.offsetAt(range.start);
  const to = document.offsetAt(range.end);
  return pipeline.pipeline.stages.find((stage) => {
    const { start } = stageSpan(pipeline, stage);
    return start >= from && start <= to;
  });
}
