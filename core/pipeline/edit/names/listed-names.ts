import { unitStart } from "../../document/locate.ts";
import { shiftSpan } from "../../document/shift.ts";
import type { JsonNode, Located, Span } from "../../json-node.ts";
import type { PipelineDocument, Stage } from "../../model.ts";
import { armFields } from "../../stage/arm-fields.ts";
import { fieldNamed, fieldsOf } from "../../stage/field-reader.ts";

/** A place outside of expressions that names a stage: a text in quotes, or a key. */
export interface ListedName {
  /** The id that it means. */
  readonly id: string;
  /** What is written: the id, or in a body the end of it. */
  readonly written: string;
  /** Absolute, quotes included. */
  readonly span: Span;
  /** What list of names it is in, by a name of its own; null for a stage itself and for a line of `layout`. */
  readonly list: string | null;
  /** The stage that it is in; null outside of all. */
  readonly stage: string | null;
}

/** Every such place: ids themselves, `depends_on`, lists of branches and bodies, the output stage, layout, compositions. */
export function listedNames(document: PipelineDocument): readonly ListedName[] {
  const { pipeline } = document;
  const names = pipeline.stages.flatMap((stage) => namesIn(document, stage));
  const { outputStage } = pipeline;
  if (outputStage !== null)
    names.push(outside({ value: outputStage.value, span: outputStage.span }, "output"));
  for (const { key, keySpan, value } of pipeline.layout) {
    names.push({ id: key, written: key, span: keySpan, list: null, stage: null });
    if (key.startsWith("$group:")) names.push(...textsOf(fieldNamed(fieldsOf(value), "stages")?.value, key));
  }
  const compositions = fieldNamed(pipeline.fields, "compositions")?.value;
  if (compositions?.kind === "array") {
    compositions.items.forEach((item, index) => {
      names.push(...textsOf(fieldNamed(fieldsOf(item), "depends_on")?.value, `composition ${index}`));
    });
  }
  // The key of a stage that is written inside another is both its id and its mention there.
  return [...new Map(names.map((name) => [name.span.start, name])).values()];
}

function namesIn(document: PipelineDocument, stage: Stage): ListedName[] {
  const base = unitStart(document, stage);
  const { text } = document;
  const named = ({ value, span }: Located<string>, list: string | null): ListedName => {
    const absolute = shiftSpan(span, base);
    return { id: value, written: writtenAt(text, absolute), span: absolute, list, stage: stage.id };
  };
  const mentioned = new Set(
    armFields(stage).flatMap(({ field: { value } }) => (value.kind === "error" ? [] : placesIn(value))),
  );
  return [
    named({ value: stage.id, span: stage.idSpan }, null),
    ...stage.dependsOn.map((each) => named(each, `${stage.id} depends_on`)),
    ...stage.arms.flatMap(({ arm, stages }) =>
      stages.filter(({ span }) => mentioned.has(span.start)).map((each) => named(each, `${stage.id} ${arm}`)),
    ),
  ];
}

function placesIn(node: JsonNode): readonly number[] {
  if (node.kind === "array") return node.items.map(({ span }) => span.start);
  return node.kind === "object" ? node.properties.map(({ keySpan }) => keySpan.start) : [node.span.start];
}

/** The value of a literal that was read without an error. */
function writtenAt(text: string, { start, end }: Span): string {
  return String(JSON.parse(text.slice(start, end)));
}

function textsOf(node: JsonNode | undefined, list: string): readonly ListedName[] {
  const items = node?.kind === "array" ? node.items : node === undefined ? [] : [node];
  return items.flatMap((item) =>
    item.kind === "string" ? [outside({ value: item.value, span: item.span }, list)] : [],
  );
}

function outside({ value, span }: Located<string>, list: string): ListedName {
  return { id: value, written: value, span, list, stage: null };
}
