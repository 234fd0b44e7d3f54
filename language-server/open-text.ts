import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import {
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
  let edits: TextEdit[] = [];

  return {
    change(changes, newVersion) {
      for (const change of changes) {
        const edit = editOf(change, text, lines);
        text = text.slice(0, edit.offset) + edit.text + text.slice(edit.offset + edit.length);
        lines = lineIndex(text);
        edits.push(edit);
      }
      version = newVersion;
    },
    read() {
      // Each edit counts from the text after the one before, and parsePipeline's all from the first: it compares then.
      if (edits.length > 0) document = parsePipeline(text, document, edits.length === 1 ? edits : undefined);
      edits = [];
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

function editOf(change: TextDocumentContentChangeEvent, text: string, lines: LineIndex): TextEdit {
  if (!("range" in change)) return { offset: 0, length: text.length, text: change.text };
  const offset = lines.offsetAt(positionFromLsp(change.range.start));
  const end = lines.offsetAt(positionFromLsp(change.range.end));
  return { offset, length: end - offset, text: change.text };
}
