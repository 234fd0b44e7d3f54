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

/**
 * The stage that a breakpoint at `position` means. At the beginning of a line, as a click in the gutter sets it: the
 * first stage that opens on the line, else the one around it; further right, the one around that place.
 */
export function stageOfBreakpoint(
  document: vscode.TextDocument,
  pipeline: PipelineDocument,
  position: vscode.Position,
): Stage | undefined {
  if (position.line >= document.lineCount) return undefined;
  if (position.character > 0) return stageAt(pipeline, document.offsetAt(position));
  const { firstNonWhitespaceCharacterIndex: character } = document.lineAt(position.line);
  return (
    firstOpeningOn(document, pipeline, position.line) ??
    stageAt(pipeline, document.offsetAt(position.translate(0, character)))
  );
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
