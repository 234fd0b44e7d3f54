import type { DebugProtocol } from "@vscode/debugprotocol";
import {
  type Field,
  type LineIndex,
  lineIndex,
  type PipelineDocument,
  type Stage,
  stageAt,
  stageSpan,
} from "#core/pipeline";

/** What a client asked for, bound to a stage; null when no stage is there. */
export interface BoundBreakpoint {
  readonly stage: string | null;
  readonly answer: DebugProtocol.Breakpoint;
  readonly written: DebugProtocol.SourceBreakpoint;
}

/**
 * Answers a `setBreakpoints` request for one file, an entry for each that was asked for, in order. A breakpoint
 * anywhere on a line is the one of the stage that opens there, else of the stage that the line is part of; with a
 * column, of the first that opens from there on. It moves to the stage's opening.
 */
export function bindBreakpoints(
  document: PipelineDocument,
  asked: readonly DebugProtocol.SourceBreakpoint[],
): readonly BoundBreakpoint[] {
  const lines = lineIndex(document.text);
  return asked.map((written) => {
    const { line, column } = written;
    const stage = stageOnLine(document, lines, line, column ?? 1);
    const override = stage === undefined ? overrideOnLine(document, lines, line) : undefined;
    if (override !== undefined) {
      const key = lines.positionAt(override.keySpan.start);
      return { stage: override.key, answer: { verified: true, line: key.line0 + 1 }, written };
    }
    if (stage === undefined) {
      const message = "There is no stage on this line. Set the breakpoint on a stage's opening line.";
      return { stage: null, answer: { verified: false, line, message }, written };
    }
    const opening = lines.positionAt(stageSpan(document, stage).start);
    const place = {
      line: opening.line0 + 1,
      ...(column === undefined ? {} : { column: opening.character + 1 }),
    };
    return { stage: stage.id, answer: { verified: true, ...place }, written };
  });
}

/** What a child changes of an inherited stage is a place of that stage too. */
function overrideOnLine(document: PipelineDocument, lines: LineIndex, line1: number): Field | undefined {
  const start = lines.offsetAt({ line0: line1 - 1, character: 0 });
  const end = lines.offsetAt({ line0: line1 - 1, character: Number.MAX_SAFE_INTEGER });
  return document.pipeline.overrides.find(
    ({ keySpan, value }) => keySpan.start < end && start < value.span.end,
  );
}

function stageOnLine(
  document: PipelineDocument,
  lines: LineIndex,
  line1: number,
  column1: number,
): Stage | undefined {
  const start = lines.offsetAt({ line0: line1 - 1, character: column1 - 1 });
  const end = lines.offsetAt({ line0: line1 - 1, character: Number.MAX_SAFE_INTEGER });
  for (let offset = start; offset < end; offset++) {
    const character = document.text[offset];
    // Only a brace or a key can open a stage, so only there is it looked for.
    if (character !== "{" && character !== '"') continue;
    const stage = stageAt(document, offset);
    if (stage !== undefined) return stage;
  }
  return stageAt(document, start);
}
