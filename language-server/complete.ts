import {
  type CompletionItem,
  CompletionItemKind,
  type MarkupContent,
  MarkupKind,
} from "vscode-languageserver";
import {
  type ComponentDefinition,
  inputFieldOf,
  inputSchemaOf,
  type Project,
  type ValueSchema,
} from "#core/component-definitions";
import type { LineIndex, PipelineDocument, Span, Stage } from "#core/pipeline";
import { rangeToLsp } from "./convert.ts";
import { type CursorPlace, cursorPlace } from "./cursor-place.ts";
import { describeDefinition, describeInput } from "./describe-definition.ts";

/** What can stand at an offset: component types, keys of a stage's inputs, values of such a key. */
export function complete(
  document: PipelineDocument,
  lines: LineIndex,
  { definitions, providers }: KnownNames,
  offset: number,
): readonly CompletionItem[] {
  const place = cursorPlace(document, offset);
  if (place === undefined) return [];
  const offers = offersAt(place, document, { definitions, providers });
  const range = rangeToLsp(place.token, lines);
  return offers.map(({ label, text, kind, detail, documentation }) => ({
    label,
    kind,
    detail,
    ...(documentation === undefined ? {} : { documentation }),
    filterText: text,
    textEdit: { range, newText: text + (place.kind === "input-key" && !place.hasValue ? ": " : "") },
  }));
}

/** What a project has that stages can name. */
export interface KnownNames {
  readonly definitions: Project["definitions"];
  /** The providers that its manifest names. */
  readonly providers: readonly string[];
}

interface Offer {
  readonly label: string;
  /** The JSON of it. */
  readonly text: string;
  readonly kind: CompletionItemKind;
  readonly detail: string;
  readonly documentation?: MarkupContent;
}

function offersAt(
  place: CursorPlace,
  document: PipelineDocument,
  { definitions, providers }: KnownNames,
): readonly Offer[] {
  switch (place.kind) {
    case "component-type":
      return componentOffers(definitions, textOf(document, place.token));
    case "input-key":
      return keyOffers(place.stage, definitionOf(place.stage, definitions), textOf(document, place.token));
    case "input-value":
      return valueOffers(definitionOf(place.stage, definitions), place.key, providers);
  }
}

function componentOffers(definitions: Project["definitions"], written: string): readonly Offer[] {
  // Where someone writes `http-`, `http_request` is not what goes on from there.
  const spell = (type: string): string => (written.includes("-") ? type.replaceAll("_", "-") : type);
  return [...definitions.values()]
    .filter(({ unusable }) => unusable === null)
    .map((definition) => ({
      label: spell(definition.type),
      text: JSON.stringify(spell(definition.type)),
      kind: CompletionItemKind.Class,
      detail: definition.title,
      documentation: markdown(definition, () => describeDefinition(definition)),
    }));
}

function keyOffers(
  stage: Stage,
  definition: ComponentDefinition | undefined,
  written: string,
): readonly Offer[] {
  if (definition === undefined) return [];
  const { properties, required } = inputSchemaOf(definition);
  const taken = new Set(
    [...stage.config, ...stage.inputMapping]
      .filter(({ key }) => JSON.stringify(key) !== written)
      .map(({ key }) => inputFieldOf(definition, key)),
  );
  return Object.keys(properties)
    .filter((field) => !taken.has(field))
    .map((field) => ({
      label: field,
      text: JSON.stringify(field),
      kind: CompletionItemKind.Field,
      detail: required.includes(field) ? "required" : "",
      documentation: { kind: MarkupKind.Markdown, value: describeInput(definition, field) },
    }));
}

function valueOffers(
  definition: ComponentDefinition | undefined,
  key: string,
  providers: readonly string[],
): readonly Offer[] {
  const field = definition === undefined ? undefined : inputFieldOf(definition, key);
  if (definition === undefined || field === undefined) return [];
  const schema = inputSchemaOf(definition).properties[field];
  const values = schema === undefined ? [] : valuesOf(schema);
  const others = definition.requiresModel && field === "provider" ? providers : [];
  return [...new Set([...values, ...others])].map((value) => ({
    label: String(value),
    text: JSON.stringify(value),
    kind: CompletionItemKind.Value,
    detail: value === schema?.default ? "default" : "",
  }));
}

function valuesOf(schema: ValueSchema): readonly (string | number | boolean)[] {
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.flatMap(valuesOf))];
  const listed = schema.enum ?? schema.examples;
  if (listed !== undefined)
    return listed.filter((value) => typeof value === "string" || typeof value === "number");
  return schema.type === "boolean" ? [true, false] : [];
}

function definitionOf(stage: Stage, definitions: Project["definitions"]): ComponentDefinition | undefined {
  const found = definitions.get(stage.componentType ?? "");
  return found?.unusable === null ? found : undefined;
}

function textOf({ text }: PipelineDocument, { start, end }: Span): string {
  return text.slice(start, end);
}

/** The texts of all components are made once, not with each key. */
const described = new WeakMap<ComponentDefinition, MarkupContent>();

function markdown(definition: ComponentDefinition, describe: () => string): MarkupContent {
  const known = described.get(definition) ?? { kind: MarkupKind.Markdown, value: describe() };
  described.set(definition, known);
  return known;
}
