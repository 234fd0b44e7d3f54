import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import {
  applyTextEdits,
  type LineIndex,
  lineIndex,
  type PipelineDocument,
  parsePipeline,
  type TextEdit,
} from "#core/pipeline";
import { positionFromLsp } from "./convert.ts";

/** A text that the client has open, as it is there now. */
export interface OpenText {
  /** Takes changes in, each of them relative to the text after the one before. */
  change(changes: readonly TextDocumentContentChangeEvent[], version: number): void;
  /** Reads what has changed since it was last read. */
  read(): PipelineDocument;
  /** As it was read last. */
  readonly document: PipelineDocument;
  readonly lines: LineIndex;
  readonly version: number;
}

/** Opens a text. */
export function openText(opened: string, openedVersion: number): OpenText {
  let text = opened;
  let version = openedVersion;
  let lines = lineIndex(text);
  let document = parsePipeline(text);
  /** What has happened since `document` was read. */
  let steps: (readonly TextEdit[])[] = [];

  return {
    change(changes, newVersion) {
      let rest = changes;
      while (rest.length > 0) {
        const together = upwards(rest, text, lines);
        text = applyTextEdits(text, together);
        lines = lineIndex(text);
        steps.push(together);
        rest = rest.slice(together.length);
      }
      version = newVersion;
    },
    read() {
      // Each step counts from the text after the one before, and parsePipeline's edits all from the first: it compares then.
      if (steps.length > 0)
        document = parsePipeline(text, document, steps.length === 1 ? steps[0] : undefined);
      steps = [];
      return document;
    },
    get document() {
      return document;
    },
    get lines() {
      return lines;
    },
    get version() {
      return version;
    },
  };
}

/**
 * The changes at the beginning that go up the text without meeting, as an editor sends those of all its cursors. None
 * of them moves the place of the next, so they are edits of one text, whose lines are looked for once.
 */
function upwards(
  changes: readonly TextDocumentContentChangeEvent[],
  text: string,
  lines: LineIndex,
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let above = Number.POSITIVE_INFINITY;
  for (const change of changes) {
    const edit = editOf(change, text, lines);
    if (edits.length > 0 && (!isExact(change, lines) || edit.offset + edit.length > above)) break;
    edits.push(edit);
    above = edit.offset;
  }
  // Of insertions at one place, the last comes to stand first.
  return edits.reverse();
}

/** Whether a change says where it ends by a place that the text has: other places mean another one once that changes. */
function isExact(change: TextDocumentContentChangeEvent, lines: LineIndex): boolean {
  if (!("range" in change)) return false;
  const { line, character } = change.range.end;
  const found = lines.positionAt(lines.offsetAt(positionFromLsp({ line, character })));
  return found.line0 === line && found.character === character;
}

function editOf(change: TextDocumentContentChangeEvent, text: string, lines: LineIndex): TextEdit {
  if (!("range" in change)) return { offset: 0, length: text.length, text: change.text };
  const offset = lines.offsetAt(positionFromLsp(change.range.start));
  const end = lines.offsetAt(positionFromLsp(change.range.end));
  return { offset, length: end - offset, text: change.text };
}
