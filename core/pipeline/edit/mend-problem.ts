import { stageAt, unitStart } from "../document/locate.ts";
import type { JsonNode, Span } from "../json-node.ts";
import type { Field, PipelineDocument, Stage } from "../model.ts";
import type { Problem } from "../problem.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import { connectStages } from "./connect-stages.ts";
import { deleteStages } from "./delete-stages.ts";
import { type ObjectPlace, setProperty } from "./edit-properties.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { type ElementList, elementsOf } from "./element-list.ts";
import { removeElements } from "./remove-elements.ts";
import { writeInlineObject, writingStyleOf } from "./writing-style.ts";

/** The edits that mend a problem as its fix says; refused where it has none, or the text does not allow it. */
export function mendProblem(document: PipelineDocument, { fix, span, stage }: Problem): EditResult {
  if (fix === undefined) return refuse("This problem has no fix.");
  const replace = (text: string): EditResult =>
    done([{ offset: span.start, length: span.end - span.start, text }]);
  switch (fix.kind) {
    case "replace":
      return replace(JSON.stringify(fix.text).slice(1, -1));
    case "replace-text":
      return replace(JSON.stringify(fix.text));
    case "replace-key":
      return siblings(document, span).some(({ key }) => key === fix.key)
        ? refuse(`There is a "${fix.key}" already.`)
        : replace(JSON.stringify(fix.key));
    case "remove":
      return remove(document, span);
    case "remove-stage":
      return stage === undefined ? refuse("There is no stage here.") : deleteStages(document, [stage]);
    case "add-dependency":
      return stage === undefined
        ? refuse("There is no stage here.")
        : connectStages(document, fix.stage, stage);
    case "add-input":
      return addInput(document, span, fix.field, fix.json);
  }
}

/** A part of the text whose spans count from `base`. */
interface Part {
  readonly value: JsonNode;
  readonly base: number;
}

/** The stage around a place, or else each field of the pipeline. */
function partsAround(document: PipelineDocument, { start }: Span): readonly Part[] {
  const stage = stageAt(document, start);
  if (stage !== undefined) return [{ value: stage.node, base: unitStart(document, stage) }];
  return document.pipeline.fields.map(({ value }) => ({ value, base: 0 }));
}

type Container = Extract<JsonNode, { kind: "object" | "array" }>;

/** An object or a list, and which of its properties or items is meant. */
interface PlacedElement {
  readonly node: Container;
  readonly base: number;
  readonly index: number;
}

/** The object or list that has the property or the item at a place. */
function containerOf(document: PipelineDocument, span: Span): PlacedElement | undefined {
  for (const { value, base } of partsAround(document, span)) {
    const target = { start: span.start - base, end: span.end - base };
    const found = findIn(value, target);
    if (found !== undefined) return { ...found, base };
  }
  return undefined;
}

function findIn(
  node: JsonNode,
  target: Span,
): { readonly node: Container; readonly index: number } | undefined {
  if (node.kind === "array") {
    const index = node.items.findIndex(({ span }) => isAt(span, target));
    if (index >= 0) return { node, index };
    const around = node.items.find(({ span }) => isAround(span, target));
    return around === undefined ? undefined : findIn(around, target);
  }
  if (node.kind !== "object") return undefined;
  const index = node.properties.findIndex(({ keySpan }) => isAt(keySpan, target));
  if (index >= 0) return { node, index };
  const around = node.properties.find(({ value }) => isAround(value.span, target));
  return around === undefined ? undefined : findIn(around.value, target);
}

function isAt(span: Span, target: Span): boolean {
  return span.start === target.start && span.end === target.end;
}

function isAround(span: Span, target: Span): boolean {
  return span.start <= target.start && target.end <= span.end;
}

function siblings(document: PipelineDocument, span: Span): readonly Field[] {
  const container = containerOf(document, span)?.node;
  if (container === undefined) return document.pipeline.fields;
  return container.kind === "object" ? container.properties : [];
}

function remove(document: PipelineDocument, span: Span): EditResult {
  const found = containerOf(document, span);
  const root = document.pipeline.fields.findIndex(({ keySpan }) => isAt(keySpan, span));
  const list = found === undefined ? rootList(document) : elementsOf(found.node, found.base);
  const index = found?.index ?? root;
  if (list === undefined || index < 0) return refuse("What is to go is not there any more.");
  return done(removeElements(document.text, list, new Set([index])));
}

function rootList({ tree, pipeline }: PipelineDocument): ElementList | undefined {
  if (tree.root === null) return undefined;
  return { span: tree.root, elements: pipeline.fields.map((field) => propertySpan(field)) };
}

function propertySpan({ keySpan, value }: Field): Span {
  return { start: keySpan.start, end: value.span.end };
}

function addInput(document: PipelineDocument, span: Span, field: string, json: string): EditResult {
  const stage = stageAt(document, span.start);
  if (stage?.node.kind !== "object") return refuse("There is no stage here.");
  const style = writingStyleOf(document);
  const base = unitStart(document, stage);
  const config = configOf(stage, base);
  if (config !== null) return done(setProperty(document.text, config, field, () => json, style));
  const write = (): string => writeInlineObject(style, [[field, json]]);
  const places = { after: ["component_type", "component", "type", "uses"] };
  return done(setProperty(document.text, { node: stage.node, base }, "config", write, style, places));
}

function configOf({ fields }: Stage, base: number): ObjectPlace | null {
  const value = fieldNamed(fields, "config")?.value;
  return value?.kind === "object" ? { node: value, base } : null;
}
