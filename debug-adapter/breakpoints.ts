import type { DebugProtocol } from "@vscode/debugprotocol";
import {
  type LineIndex,
  lineIndex,
  type PipelineDocument,
  type Stage,
  stageAt,
  stageSpan,
} from "#core/pipeline";

/** A breakpoint that a client asked for, bound to a stage by its id. */
export interface BoundBreakpoint {
  readonly stage: string;
  /** 1-based line of the stage's opening. */
  readonly line1: number;
}

/** Binds a 1-based line to the stage that is written there, innermost first; null when no stage is. */
export function bindLine(
  document: PipelineDocument,
  lines: LineIndex,
  line1: number,
): BoundBreakpoint | null {
  const start = lines.offsetAt({ line0: line1 - 1, character: 0 });
  const end = lines.offsetAt({ line0: line1, character: 0 });
  const stage = stageOnLine(document, start, end);
  return stage === undefined ? null : { stage: stage.id, line1: openingLine1(document, lines, stage) };
}

/** The 1-based line on which a stage opens: its brace, or its key in the map dialect. */
export function openingLine1(document: PipelineDocument, lines: LineIndex, stage: Stage): number {
  return lines.positionAt(stageSpan(document, stage).start).line0 + 1;
}

/** Answers a `setBreakpoints` request for one file: an entry for each line, in order. */
export function bindLines(
  document: PipelineDocument,
  lines1: readonly number[],
): readonly { readonly bound: BoundBreakpoint | null; readonly answer: DebugProtocol.Breakpoint }[] {
  const index = lineIndex(document.text);
  return lines1.map((line1) => {
    const bound = bindLine(document, index, line1);
    if (bound !== null) return { bound, answer: { verified: true, line: bound.line1 } };
    const message = "There is no stage on this line. Set the breakpoint on a stage's opening line.";
    return { bound, answer: { verified: false, line: line1, message } };
  });
}

function stageOnLine(document: PipelineDocument, start: number, end: number): Stage | undefined {
  // The stage that opens on this line wins over the one that the line's beginning is still in.
  for (let offset = start; offset < end; offset++) {
    const character = document.text[offset];
    if (character === "{" || character === '"') {
      const stage = stageAt(document, offset);
      if (stage !== undefined) return stage;
    }
  }
  return stageAt(document, start);
}
