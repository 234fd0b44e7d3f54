import { isJsonObject, type JsonMembers } from "../../json/json-object.ts";
import { type JsonValue, nodeToJson } from "../../json/node-to-json.ts";
import type { Span } from "../../json-node.ts";
import type { PipelineDocument } from "../../model.ts";
import { fieldNamed, fieldsOf } from "../../stage/field-reader.ts";
import { applyTextEdits, type TextEdit } from "../../text-edit.ts";
import { localId } from "../clipping/copy-stages.ts";
import { valueFormOf } from "../file-habits.ts";
import { uniqueStageId } from "../new-stage-id.ts";
import { reindented } from "../reindent.ts";
import { typeKeyOf } from "../stage-spelling.ts";
import { type ValueForm, writeJson } from "../write-json.ts";
import { writeProperty } from "../writing-style.ts";
import { type CrossingValue, sourceTemplate } from "./crossing-values.ts";
import type { ExtractedOrigin } from "./extracted-origin.ts";
import type { Selection } from "./selection.ts";

/** What goes into the new file. */
export interface ExtractedParts {
  readonly name: string;
  readonly selection: Selection;
  /** Edits of the stages, as offsets of the document. */
  readonly edits: readonly TextEdit[];
  readonly inputs: readonly CrossingValue[];
  readonly outputs: readonly CrossingValue[];
  /** The stage whose output is that of the pipeline they come from; null where that is none of them. */
  readonly output: string | null;
  readonly origin: ExtractedOrigin;
}

/** Fields of a pipeline that its sub-pipelines do not see, so that the new one has them too. */
const CARRIED = ["env", "secrets", "defaults"];

/** The new file, written as the one it comes from: its stages with their comments, and what they read and give. */
export function writeExtracted(document: PipelineDocument, parts: ExtractedParts): string {
  const { selection, inputs, output } = parts;
  const form = valueFormOf(document);
  const { style } = form;
  const indent = style.lines ? style.indent : "";
  const isMap = document.tree.container?.kind === "map" || selection.stages[0]?.nestedIn !== null;
  const collected = collectorOf(document, parts);
  const properties = [
    ["name", parts.name] as const,
    ...(inputs.length === 0 ? [] : [["input_schema", inputSchema(document, inputs)] as const]),
    ...CARRIED.flatMap((key) => {
      const value = fieldNamed(document.pipeline.fields, key)?.value;
      return value === undefined ? [] : [[key, nodeToJson(value)] as const];
    }),
  ].map(([key, value]) => writeProperty(style, key, writeJson(value, form, indent)));
  properties.push(writeProperty(style, "stages", writeStages(document, parts, isMap, collected)));
  if (output !== null && collected === null) {
    properties.push(writeProperty(style, outputKeyOf(document), JSON.stringify(ownName(output))));
  }
  const layout = layoutOf(document, selection);
  if (layout !== null)
    properties.push(writeProperty(style, "layout", writeJson(layout, shortLines(form), indent)));
  const metadata = writeJson({ extracted: parts.origin }, shortLines(form), indent);
  properties.push(writeProperty(style, "metadata", metadata));
  const open = style.lines ? style.eol + indent : style.gap;
  return `{${open}${properties.join(`,${style.lines ? open : style.gap}`)}${style.lines ? style.eol : style.gap}}${style.eol}`;
}

function shortLines(form: ValueForm): ValueForm {
  return form.objects === "lines" ? { ...form, objects: "short", lists: "short" } : form;
}

function writeStages(
  document: PipelineDocument,
  { selection, edits }: ExtractedParts,
  isMap: boolean,
  collected: readonly [string, JsonMembers] | null,
): string {
  const form = valueFormOf(document);
  const { style } = form;
  const indent = style.lines ? style.indent : "";
  const inner = indent + indent;
  const written = selection.spans.map((span) => stageText(document, span, edits, inner, style.eol));
  if (collected !== null) {
    const [id, fields] = collected;
    const value = writeJson(isMap ? fields : { id, ...fields }, form, inner);
    written.push(isMap ? writeProperty(style, id, value) : value);
  }
  const [open, close] = isMap ? "{}" : "[]";
  return style.lines
    ? `${open}${style.eol}${inner}${written.join(`,${style.eol}${inner}`)}${style.eol}${indent}${close}`
    : `${open}${written.join(`,${style.gap}`)}${close}`;
}

/** A stage as it is written, with its edits, further in or out. */
function stageText(
  { text }: PipelineDocument,
  { start, end }: Span,
  edits: readonly TextEdit[],
  indent: string,
  eol: string,
): string {
  const own = edits
    .filter(({ offset }) => offset >= start && offset < end)
    .map((edit) => ({ ...edit, offset: edit.offset - start }));
  return reindented(text, start, applyTextEdits(text.slice(start, end), own), indent, eol);
}

/** The stage that gives what is read of several by their names; it ends the pipeline when all others have ended. */
function collectorOf(
  document: PipelineDocument,
  { selection, outputs, output }: ExtractedParts,
): readonly [string, JsonMembers] | null {
  if (outputs.length === 0) return null;
  const values = outputs.map((value) => [value.name, sourceTemplate(value)] as const);
  const whole = output === null ? [] : [[ownName(output), `{{ upstream.${ownName(output)} }}`] as const];
  const fields: JsonMembers = {
    [typeKeyOf(document)]: "return",
    config: { return_value: Object.fromEntries([...whole, ...values]) },
    depends_on: selection.ends.map(localId),
  };
  return [uniqueStageId(document, "result"), fields];
}

function inputSchema(document: PipelineDocument, inputs: readonly CrossingValue[]): JsonMembers {
  const schema = fieldsOf(document.pipeline.inputSchema ?? undefined);
  const known = fieldsOf(fieldNamed(schema, "properties")?.value);
  const required = fieldNamed(schema, "required")?.value;
  const needed = new Set(
    required?.kind === "array"
      ? required.items.flatMap((item) => (item.kind === "string" ? [item.value] : []))
      : [],
  );
  const properties = inputs.map(({ name, fromInput }): readonly [string, JsonValue] => {
    const own = fromInput ? fieldNamed(known, name)?.value : undefined;
    if (own?.kind !== "object") return [name, {}];
    const isGiven = needed.has(name) || fieldNamed(own.properties, "default") !== undefined;
    const fields = nodeToJson(own);
    // One that may be missing comes as null, which has no type.
    return [name, isGiven || !isJsonObject(fields) ? fields : withoutType(fields)];
  });
  const asked = inputs.filter(({ name, fromInput, guarded }) => !guarded && (!fromInput || needed.has(name)));
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    required: asked.map(({ name }) => name),
  };
}

function withoutType(fields: JsonMembers): JsonMembers {
  return Object.fromEntries(
    Object.entries(fields).filter(([key]) => key === "description" || key === "title"),
  );
}

/** The lines of `layout` of the stages and of those inside them. */
function layoutOf({ pipeline }: PipelineDocument, { stages }: Selection): JsonMembers | null {
  const lines = pipeline.layout.flatMap(({ key, value }): readonly (readonly [string, JsonValue])[] => {
    const stage = stages.find(({ id }) => key === id || key.startsWith(`${id}/`));
    return stage === undefined ? [] : [[localId(stage) + key.slice(stage.id.length), nodeToJson(value)]];
  });
  return lines.length === 0 ? null : Object.fromEntries(lines);
}

function outputKeyOf({ pipeline, tree }: PipelineDocument): string {
  if (fieldNamed(pipeline.fields, "output_stage") !== undefined) return "output_stage";
  return tree.container?.kind === "map" && fieldNamed(pipeline.fields, "output_stage_id") === undefined
    ? "output_stage"
    : "output_stage_id";
}

function ownName(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
