import { type ComponentDefinition, inputFieldOf, type Project } from "#core/component-definitions";
import {
  absoluteSpan,
  declaresNothing,
  deliveryStage,
  type Field,
  type JsonNode,
  type PipelineDocument,
  type Span,
  type Stage,
} from "#core/pipeline";
import { type Placeholder, placeholdersIn } from "./placeholders.ts";
import { expressionsIn, type StageExpression } from "./stage-expressions.ts";
import { type StageShape, stageShape } from "./stage-shape.ts";

/** What the rules want to know of a stage, found out once for each stage object. */
export interface StageFacts {
  readonly stage: Stage;
  /** Every component there is. */
  readonly definitions: Project["definitions"];
  /** Undefined for a component that is unknown, or unusable. */
  readonly definition: ComponentDefinition | undefined;
  readonly inputs: readonly WrittenInput[];
  readonly expressions: readonly StageExpression[];
  /** The names that its output has; null when it may have any. */
  readonly outputNames: ReadonlySet<string> | null;
  readonly shape: StageShape;
  /** Names in single braces in what a model is asked. */
  readonly placeholders: readonly Placeholder[];
}

/** A value of `config` or of `input_mapping`, and the component's field that it is for. */
export interface WrittenInput extends Field {
  /** Undefined when the component has no such field. */
  readonly field: string | undefined;
  readonly from: "config" | "input_mapping" | "inputs";
}

const known = new WeakMap<Stage, StageFacts>();

/**
 * The facts of a stage of that document. The same object for the same stage, in whatever later document, while the
 * components stay the same.
 */
export function stageFacts(
  document: PipelineDocument,
  stage: Stage,
  definitions: Project["definitions"],
): StageFacts {
  const before = known.get(stage);
  if (before?.definitions === definitions) return before;
  const facts = findOut(stage, definitions, (span) => {
    const { start, end } = absoluteSpan(document, stage, span);
    return document.text.slice(start, end);
  });
  known.set(stage, facts);
  return facts;
}

/** The same of `output_config`, whose spans are absolute; null where it delivers nothing. */
export function deliveryFacts(
  { pipeline, text }: PipelineDocument,
  definitions: Project["definitions"],
): StageFacts | null {
  const stage = deliveryStage(pipeline);
  return stage === null ? null : findOut(stage, definitions, ({ start, end }) => text.slice(start, end));
}

function findOut(
  stage: Stage,
  definitions: Project["definitions"],
  textAt: (span: Span) => string,
): StageFacts {
  const found = stage.componentType === null ? undefined : definitions.get(stage.componentType);
  const definition = found?.unusable === null ? found : undefined;
  const mapping = stage.fields.some(({ key }) => key === "inputs") ? "inputs" : "input_mapping";
  const written = (field: Field, from: WrittenInput["from"]): WrittenInput => ({
    key: field.key,
    keySpan: field.keySpan,
    value: field.value,
    field: definition && inputFieldOf(definition, field.key),
    from,
  });
  const inputs = [
    ...stage.config.map((field) => written(field, "config")),
    ...stage.inputMapping.map((field) => written(field, mapping)),
  ];
  const literalOf = (node: JsonNode): string => textAt(node.span);
  const facts = {
    stage,
    definitions,
    definition,
    inputs,
    expressions: expressionsIn(stage, definition, inputs, literalOf),
    outputNames: definition === undefined ? null : outputNames(stage, definition, inputs),
    placeholders: definition?.requiresModel === true ? placeholdersOf(inputs, literalOf) : [],
  };
  return { ...facts, shape: stageShape(facts) };
}

function placeholdersOf(
  inputs: readonly WrittenInput[],
  literalOf: (node: JsonNode) => string,
): readonly Placeholder[] {
  return inputs.flatMap(({ field, value }) =>
    field !== undefined && value.kind === "string" ? placeholdersIn(value, literalOf) : [],
  );
}

function outputNames(
  stage: Stage,
  { type, output, outputAliases }: ComponentDefinition,
  inputs: readonly WrittenInput[],
): ReadonlySet<string> | null {
  // The legs of a matrix are collected, whatever each of them gives.
  if (stage.fields.some(({ key, value }) => key === "strategy" && !declaresNothing(value)))
    return new Set(["total_legs", "matrix", "results"]);
  // The output of a template is whatever it renders to.
  if (type === "json_transform" && inputs.some(({ field }) => field === "template")) return null;
  return new Set([
    ...Object.keys(output.shape),
    ...Object.keys(outputAliases),
    ...stage.outputs.map(({ key }) => key),
    ...(type === "trycatch" ? ["error"] : []),
  ]);
}
