import { writingStyleOf } from "../edit/writing-style.ts";
import type { PipelineDocument } from "../model.ts";
import { type PrintStyle, printComments, printWritten } from "./print-written.ts";
import { readComments } from "./read-trivia.ts";
import type { Comment, Written, WrittenMember } from "./written-json.ts";

/** Writes a whole text down, in the style of the document and with the comments around its object. */
export function printDocument(
  document: PipelineDocument,
  root: { readonly members: readonly WrittenMember[]; readonly end: readonly Comment[] },
): string {
  const { text, tree } = document;
  if (tree.root === null) throw new Error("There is no object to write.");
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const style = styleOf(document);
  const object: Written = { kind: "object", layout: "lines", ...root };
  const before = printComments(readComments(text.slice(mark.length, tree.root.start)), style, "");
  const after = printComments(readComments(text.slice(tree.root.end)), style, "");
  return `${mark}${before}${printWritten(object, style)}${style.eol}${after}`;
}

/** A text that is all in one line shows no style. */
function styleOf(document: PipelineDocument): PrintStyle {
  const style = writingStyleOf(document);
  return style.lines ? style : { ...style, colon: ": ", gap: " " };
}
