import type { Position as LspPosition, Range } from "vscode-languageserver";
import type { LineIndex, Position, Span } from "#core/pipeline";

/** A span of offsets as a range of the protocol. */
export function rangeToLsp(span: Span, lines: LineIndex): Range {
  return {
    start: positionToLsp(lines.positionAt(span.start)),
    end: positionToLsp(lines.positionAt(span.end)),
  };
}

/** A position of the protocol as ours. */
export function positionFromLsp({ line, character }: LspPosition): Position {
  return { line0: line, character };
}

function positionToLsp({ line0, character }: Position): LspPosition {
  return { line: line0, character };
}
