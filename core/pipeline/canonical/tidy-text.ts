import { shiftSpan } from "../document/shift.ts";
import type { Span } from "../json-node.ts";
import type { PipelineDocument } from "../model.ts";
import type { Problem } from "../problem.ts";
import { printDocument } from "../written/print-document.ts";
import { readRoot } from "../written/read-root.ts";
import { readTrivia } from "../written/read-trivia.ts";
import { nothingReplaced, readMembers, readWritten, withColon } from "../written/read-written.ts";
import { noTrivia, type Written } from "../written/written-json.ts";
import { sortedLayout } from "./canonical-layout.ts";

/** A text in order, or the error of syntax that keeps it from being put in order. */
export type TidyText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: Problem };

/**
 * The same pipeline in the same dialect, in order: the file's own indentation throughout, a property or item a line
 * where they are on lines, no comma after the last, a final line break, and a `layout` with a line for each stage,
 * sorted by id. Comments, empty lines and everything that is in one line stay.
 */
export function tidyText(document: PipelineDocument): TidyText {
  const { text, tree, broken, problems } = document;
  if (broken || tree.root === null) {
    const problem = problems.find(({ severity }) => severity === "error");
    if (problem === undefined) throw new Error("A broken text has no error.");
    return { ok: false, problem };
  }
  const source = { text, replaced: nothingReplaced };
  const root = readRoot(document, (property) => {
    const { key, value: node } = property;
    if (property === tree.container?.property) return { key, value: stagesAsWritten(document) };
    if (key !== "layout" || node.kind !== "object") return { key, value: readWritten(source, node, 0) };
    return { key, value: sortedLayout({ kind: "object", layout: "lines", ...readMembers(source, node, 0) }) };
  });
  return { ok: true, text: printDocument(document, root) };
}

/** The node of the stages has no items: they are the document's units. */
function stagesAsWritten({ text, tree }: PipelineDocument): Written {
  const { container, units, starts } = tree;
  if (container === null) throw new Error("There are no stages.");
  const { span } = container.property.value;
  const written = text.slice(span.start, span.end);
  if (units.length === 0 && !written.includes("/"))
    return { kind: "text", text: container.kind === "list" ? "[]" : "{}" };
  const source = { text, replaced: nothingReplaced };
  const spans = units.map(
    ({ length }, index): Span => shiftSpan({ start: 0, end: length }, starts[index] ?? 0),
  );
  const { each, end } = readTrivia(text, span, spans);
  const layout = /[\r\n]/.test(written) ? "lines" : "line";
  const elements = units.map(({ node, property }, index) => {
    const start = starts[index] ?? 0;
    const value = readWritten(source, node, start);
    const trivia = each[index] ?? noTrivia;
    if (property === null) return { ...trivia, value, key: "", keyText: "" };
    const { key, keySpan } = property;
    const keyText = text.slice(start + keySpan.start, start + keySpan.end);
    const own = withColon(text, trivia, shiftSpan(keySpan, start), shiftSpan(node.span, start));
    return { ...own, key, keyText, value };
  });
  if (container.kind === "map") return { kind: "object", layout, members: elements, end };
  return { kind: "list", layout, items: elements, end };
}
