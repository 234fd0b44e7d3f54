import type { Span } from "../json-node.ts";
import type { PipelineDocument, Stage } from "../model.ts";
import { shiftSpan } from "./shift.ts";

/** A span inside a stage as offsets in the document's text. Throws when the stage is of another document. */
export function absoluteSpan(document: PipelineDocument, stage: Stage, span: Span): Span {
  return shiftSpan(span, unitStart(document, stage));
}

/** Where a stage is written: its object, in the map dialect with its key. */
export function stageSpan(document: PipelineDocument, stage: Stage): Span {
  return absoluteSpan(document, stage, stage.span);
}

/** The stage of that id; of several the first. */
export function stageById(document: PipelineDocument, id: string): Stage | undefined {
  const index = document.tree.identities.byId.get(id);
  return index === undefined ? undefined : document.pipeline.stages[index];
}

/** The innermost stage around an offset, its end included. */
export function stageAt(document: PipelineDocument, offset: number): Stage | undefined {
  const { starts, units } = document.tree;
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const relative = offset - (starts[low - 1] ?? 0);
  // Nested stages come after their owner, so the last that fits is the innermost.
  return units[low - 1]?.stages.findLast(({ span }) => span.start <= relative && relative <= span.end);
}

/** The absolute offset of the unit that a stage is in. */
export function unitStart(document: PipelineDocument, stage: Stage): number {
  const { identities, starts } = document.tree;
  const { stages } = document.pipeline;
  let index = identities.byId.get(stage.id) ?? -1;
  if (stages[index] !== stage) index = stages.indexOf(stage);
  const start = starts[identities.unitOf[index] ?? -1];
  if (start === undefined) throw new Error(`The stage "${stage.id}" is not of this document.`);
  return start;
}
