import { isJsonObject, type JsonMembers } from "../json/json-object.ts";
import { type JsonValue, nodeToJson } from "../json/node-to-json.ts";
import type { PipelineDocument } from "../model.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import { removeProperties } from "./edit-properties.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { elementsOf, elementsOfRoot } from "./element-list.ts";
import { atOnce, type EditStep, inSteps } from "./in-steps.ts";
import { insertElements } from "./insert-elements.ts";
import { removeElements } from "./remove-elements.ts";
import { setValue } from "./set-value.ts";
import { inlineForm, writeJson } from "./write-json.ts";
import { writeProperty, writingStyleOf } from "./writing-style.ts";

/** The number that a new note or group takes: the first that none has. */
export function newLayoutId({ pipeline }: PipelineDocument, kind: "$note" | "$group"): string {
  const taken = new Set(pipeline.layout.map(({ key }) => key));
  for (let number = 1; ; number += 1) if (!taken.has(`${kind}:${number}`)) return `${kind}:${number}`;
}

/** A line of `layout`, and what is to be set in it; null takes away. */
export interface LayoutLine {
  readonly id: string;
  readonly fields: JsonMembers;
}

/**
 * Changes what a line of `layout` says: what `fields` has is set, null takes away. A line that is not there is added,
 * sorted by id; one that says nothing any more is removed, and so is a `layout` without lines.
 */
export function setLayoutLine(document: PipelineDocument, id: string, fields: JsonMembers): EditResult {
  return setLayoutLines(document, [{ id, fields }]);
}

/** The same for several lines. */
export function setLayoutLines(document: PipelineDocument, lines: readonly LayoutLine[]): EditResult {
  const form = inlineForm(writingStyleOf(document));
  const changed: EditStep[] = [];
  const added = new Map<string, JsonMembers>();
  const doomed = new Set<string>();
  const present = new Map(document.pipeline.layout.map(({ key, value }) => [key, value]));
  const wanted = new Map<string, JsonMembers>();
  for (const { id, fields } of lines) wanted.set(id, { ...wanted.get(id), ...fields });
  for (const [id, fields] of wanted) {
    const line = present.get(id);
    const before = line === undefined ? {} : nodeToJson(line);
    if (!isJsonObject(before))
      return refuse(`The line "${id}" of "layout" must be an object in { }. Mend it in the text first.`);
    const after = merged(before, fields);
    if (Object.keys(after).length === 0) doomed.add(id);
    else if (line === undefined) added.set(id, after);
    else changed.push((current) => setValue(current, null, ["layout", id], after, form));
  }
  return inSteps(document, [
    // Each within its own line.
    (current) => atOnce(current, changed),
    (current) => addLines(current, added),
    (current) => removeLayoutLines(current, doomed),
  ]);
}

/** Removes lines of `layout`; with its last one, `layout` itself. */
export function removeLayoutLines(document: PipelineDocument, ids: ReadonlySet<string>): EditResult {
  const { text, tree, pipeline } = document;
  const root = elementsOfRoot(document);
  const index = tree.properties.findLastIndex(({ key }) => key === "layout");
  const node = tree.properties[index]?.value;
  if (root === undefined || node?.kind !== "object" || !pipeline.layout.some(({ key }) => ids.has(key))) {
    return done([]);
  }
  if (pipeline.layout.every(({ key }) => ids.has(key)))
    return done(removeElements(text, root, new Set([index])));
  return done(removeProperties(text, { node, base: 0 }, ({ key }) => ids.has(key)));
}

function merged(before: JsonMembers, fields: JsonMembers): JsonMembers {
  const after = new Map<string, JsonValue>(Object.entries(before));
  for (const [key, value] of Object.entries(fields)) {
    if (value === null) after.delete(key);
    else after.set(key, value);
  }
  return Object.fromEntries(after);
}

function addLines(document: PipelineDocument, added: ReadonlyMap<string, JsonMembers>): EditResult {
  if (added.size === 0) return done([]);
  const lines = [...added].sort(([a], [b]) => (a < b ? -1 : 1));
  const { text, tree, pipeline } = document;
  const style = writingStyleOf(document);
  const form = inlineForm(style);
  const layout = fieldNamed(tree.properties, "layout")?.value;
  if (layout === undefined) {
    const root = elementsOfRoot(document);
    if (root === undefined) return refuse("The file holds no pipeline.");
    const write = (indent: string): string => {
      const inner = indent + style.indent;
      const written = lines.map(([id, fields]) => writeProperty(style, id, writeJson(fields, form, inner)));
      const open = style.lines ? style.eol + inner : style.gap;
      const close = style.lines ? style.eol + indent : style.gap;
      return writeProperty(style, "layout", `{${open}${written.join(`,${open}`)}${close}}`);
    };
    const insertion = { after: root.elements.length - 1, write };
    return done(insertElements(text, root, [insertion], style, style.lines ? "lines" : "inline"));
  }
  if (layout.kind !== "object")
    return refuse('"layout" must be an object in { }. Mend it in the text first.');
  const insertions = lines.map(([id, fields]) => ({
    after: pipeline.layout.findLastIndex(({ key }) => key < id),
    write: (indent: string) => writeProperty(style, id, writeJson(fields, form, indent)),
  }));
  return done(
    insertElements(text, elementsOf(layout, 0), insertions, style, style.lines ? "lines" : "inline"),
  );
}
