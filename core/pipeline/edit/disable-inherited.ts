import type { PipelineDocument } from "../model.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import type { TextEdit } from "../text-edit.ts";
import { setProperty } from "./edit-properties.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { elementsOf, elementsOfRoot } from "./element-list.ts";
import { type Insertion, insertElements } from "./insert-elements.ts";
import { writeInlineObject, writeProperty, writingStyleOf } from "./writing-style.ts";

/** Switches stages of the parent pipeline off: `overrides.<id>.enabled: false`, beside what is overridden already. */
export function disableInherited(document: PipelineDocument, ids: readonly string[]): EditResult {
  if (ids.length === 0) return done([]);
  const { text, pipeline, tree } = document;
  const style = writingStyleOf(document);
  const whenEmpty = style.lines ? "lines" : "inline";
  const disabled = writeInlineObject(style, [["enabled", "false"]]);
  const overrides = fieldNamed(pipeline.fields, "overrides")?.value;
  if (overrides === undefined) {
    const root = elementsOfRoot(document);
    if (root === undefined) return refuse("The file holds no pipeline.");
    const lines = ids.map((id) => writeProperty(style, id, disabled));
    const write = (indent: string): string => {
      if (!style.lines) return writeProperty(style, "overrides", `{${lines.join(`,${style.gap}`)}}`);
      const inner = style.eol + indent + style.indent;
      return writeProperty(style, "overrides", `{${inner}${lines.join(`,${inner}`)}${style.eol}${indent}}`);
    };
    const after = tree.properties.findLastIndex(({ key }) => key === "extends");
    return done(insertElements(text, root, [{ after, write }], style, whenEmpty));
  }
  if (overrides.kind !== "object")
    return refuse('"overrides" must be an object in { }. Mend it in the text first.');
  const edits: TextEdit[] = [];
  const insertions: Insertion[] = [];
  for (const id of ids) {
    const existing = fieldNamed(overrides.properties, id)?.value;
    if (existing === undefined) {
      insertions.push({
        after: overrides.properties.length - 1,
        write: () => writeProperty(style, id, disabled),
      });
    } else if (existing.kind === "object") {
      edits.push(...setProperty(text, { node: existing, base: 0 }, "enabled", () => "false", style));
    } else {
      return refuse(`The override of "${id}" must be an object in { }. Mend it in the text first.`);
    }
  }
  return done([...edits, ...insertElements(text, elementsOf(overrides, 0), insertions, style, whenEmpty)]);
}
