import { type ComponentDefinition, completeInputs, inputFieldOf } from "#core/component-definitions";
import {
  isTemplate,
  type ParsedExpression,
  type ParsedTemplate,
  parseExpression,
  parseTemplate,
  type Reference,
  references,
  SECRET_MISUSE,
  secretMisuses,
} from "#core/expressions";
import { type EncodedJson, encodeJson } from "#core/journal";
import { type Field, type JsonNode, nodeToJson } from "#core/pipeline";
import type { Json, JsonObject } from "#core/ports";
import { CALL } from "./called-in.ts";

/** Where the inputs of a stage come from: field by field, parsed once. */
export interface InputPlan {
  readonly fields: readonly { readonly field: string; readonly value: ValuePlan }[];
  /** The inputs, where nothing in them depends on the run. */
  readonly constant: ConstantInputs | null;
  /** What the expressions that the engine evaluates name. */
  readonly references: readonly Reference[];
  /** What the expressions that the component evaluates name. */
  readonly deferred: readonly Reference[];
}

/** Inputs that are the same in each attempt, encoded for the journal once; also what comes of resolving them. */
export interface ConstantInputs extends EncodedJson {
  readonly kind: "ok";
  readonly value: JsonObject;
}

/** A value that may have templates in it. */
export type ValuePlan =
  | { readonly kind: "constant"; readonly value: Json }
  | { readonly kind: "template"; readonly template: ParsedTemplate }
  | { readonly kind: "list"; readonly items: readonly ValuePlan[] }
  | { readonly kind: "object"; readonly members: readonly (readonly [string, ValuePlan])[] };

/** A template or expression of the file that cannot be parsed. */
export interface SourceFault {
  readonly field: string;
  readonly message: string;
}

/** Compiles config and input_mapping for a component. What the component has no field for is left out. */
export function compileInputs(
  definition: ComponentDefinition,
  config: readonly Field[],
  inputMapping: readonly Field[],
): { readonly plan: InputPlan; readonly faults: readonly SourceFault[] } {
  const written = new Map<string, JsonNode>();
  for (const source of [config, inputMapping]) {
    for (const [field, node] of fieldsOf(definition, source)) written.set(field, node);
  }
  const collected = collector();
  if (definition.type === CALL) addNamedInputs(definition, inputMapping, written, collected.faults);
  const fields = Array.from(written, ([field, node]) => ({
    field,
    value: compileField(definition, field, node, collected),
  }));
  const inputs = constantOf(fields);
  const completed = inputs === null ? null : completeInputs(definition, inputs);
  return {
    plan: {
      fields,
      // Inputs that are constant and wrong fail when the stage runs, as any others do: it may be skipped.
      constant:
        completed?.ok === true
          ? { kind: "ok", ...encodeJson(completed.inputs), value: completed.inputs }
          : null,
      references: collected.references,
      deferred: collected.deferred,
    },
    faults: collected.faults,
  };
}

/** Compiles names that a stage adds to its output. */
export function compileOutputs(outputs: readonly Field[]): {
  readonly plan: InputPlan | null;
  readonly faults: readonly SourceFault[];
} {
  if (outputs.length === 0) return { plan: null, faults: [] };
  const collected = collector();
  const fields = outputs.map(({ key, value }) => ({
    field: key,
    value: compileValue(key, value, collected),
  }));
  const outside = collected.references.filter(({ root }) => root !== "output");
  return { plan: { fields, constant: null, references: outside, deferred: [] }, faults: collected.faults };
}

/** Compiles values in which templates may be at any depth. */
export function compileTemplates(written: readonly Field[]): {
  readonly plan: InputPlan;
  readonly faults: readonly SourceFault[];
} {
  const collected = collector();
  const fields = written.map(({ key, value }) => ({
    field: key,
    value: compileValue(key, value, collected),
  }));
  return {
    plan: { fields, constant: null, references: collected.references, deferred: [] },
    faults: collected.faults,
  };
}

/** Parses a condition, which is a bare expression or one whole template. */
export function compileCondition(node: JsonNode): {
  readonly condition: ParsedExpression;
  readonly faults: readonly SourceFault[];
} {
  const value = nodeToJson(node);
  const condition = parseExpression(typeof value === "string" ? value : JSON.stringify(value));
  const faults = condition.problems.map(({ message }) => ({ field: "when", message }));
  return { condition, faults: [...faults, ...misuses("when", condition, references(condition))] };
}

/** What a stage that calls a pipeline gives by names of its own is the pipeline's input (design, "The pipeline file"). */
function addNamedInputs(
  definition: ComponentDefinition,
  inputMapping: readonly Field[],
  written: Map<string, JsonNode>,
  faults: SourceFault[],
): void {
  const named = inputMapping
    .filter(({ key }) => inputFieldOf(definition, key) === undefined)
    .map((field) => ({ ...field, span: { start: field.keySpan.start, end: field.value.span.end } }));
  const [first] = named;
  if (first === undefined) return;
  const given = written.get(INPUT);
  if (given !== undefined && given.kind !== "object") {
    const message = `"${first.key}" is given by its name beside an ${INPUT} that is no object. Write one of the two.`;
    faults.push({ field: INPUT, message });
    return;
  }
  const more = new Set(named.map(({ key }) => key));
  const properties = [...(given?.properties ?? []).filter(({ key }) => !more.has(key)), ...named];
  written.set(INPUT, { kind: "object", span: given?.span ?? first.value.span, properties });
}

const INPUT = "input_data";

/** What an expression may not do with a secret. */
function misuses(
  field: string,
  parsed: ParsedExpression | ParsedTemplate,
  named: readonly Reference[],
): readonly SourceFault[] {
  if (!named.some(({ root }) => root === "secrets")) return [];
  return secretMisuses(parsed).map(() => ({ field, message: SECRET_MISUSE }));
}

interface Collector {
  readonly references: Reference[];
  readonly deferred: Reference[];
  readonly faults: SourceFault[];
}

function collector(): Collector {
  return { references: [], deferred: [], faults: [] };
}

/** A field's own name wins over its aliases within one object. */
function fieldsOf(definition: ComponentDefinition, source: readonly Field[]): ReadonlyMap<string, JsonNode> {
  const fields = new Map<string, JsonNode>();
  for (const { key, value } of source) {
    const field = inputFieldOf(definition, key);
    if (field !== undefined && (field === key || !fields.has(field))) fields.set(field, value);
  }
  return fields;
}

function compileField(
  definition: ComponentDefinition,
  field: string,
  node: JsonNode,
  collected: Collector,
): ValuePlan {
  const deferred = Object.hasOwn(definition.deferred, field) ? definition.deferred[field] : undefined;
  if (deferred === undefined) return compileValue(field, node, collected);
  const value = nodeToJson(node);
  for (const text of textsIn(value)) {
    if (deferred.kind === "template" && !isTemplate(text)) continue;
    const parsed = deferred.kind === "template" ? parseTemplate(text) : parseExpression(text);
    collected.faults.push(...parsed.problems.map(({ message }) => ({ field, message })));
    const named = references(parsed).filter(({ root }) => !deferred.names.includes(root));
    collected.deferred.push(...named);
    collected.faults.push(...misuses(field, parsed, named));
  }
  return { kind: "constant", value };
}

function compileValue(field: string, node: JsonNode, collected: Collector): ValuePlan {
  switch (node.kind) {
    case "string":
      return compileText(field, node.value, collected);
    case "array": {
      const items = node.items.map((item) => compileValue(field, item, collected));
      return items.every(isConstant) ? constant(nodeToJson(node)) : { kind: "list", items };
    }
    case "object": {
      const members = node.properties.map(
        ({ key, value }) => [key, compileValue(field, value, collected)] as const,
      );
      return members.every(([, value]) => isConstant(value))
        ? constant(nodeToJson(node))
        : { kind: "object", members };
    }
    case "number":
    case "boolean":
    case "null":
    case "error":
      return constant(nodeToJson(node));
  }
}

function compileText(field: string, text: string, collected: Collector): ValuePlan {
  if (!isTemplate(text)) return constant(text);
  const template = parseTemplate(text);
  collected.faults.push(...template.problems.map(({ message }) => ({ field, message })));
  const named = references(template);
  collected.references.push(...named);
  collected.faults.push(...misuses(field, template, named));
  return { kind: "template", template };
}

function constant(value: Json): ValuePlan {
  return { kind: "constant", value };
}

function isConstant(plan: ValuePlan): plan is Extract<ValuePlan, { kind: "constant" }> {
  return plan.kind === "constant";
}

function constantOf(
  fields: readonly { readonly field: string; readonly value: ValuePlan }[],
): JsonObject | null {
  const entries: [string, Json][] = [];
  for (const { field, value } of fields) {
    if (value.kind !== "constant") return null;
    entries.push([field, value.value]);
  }
  return Object.fromEntries(entries);
}

function* textsIn(value: Json): Iterable<string> {
  if (typeof value === "string") yield value;
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item);
  else if (typeof value === "object" && value !== null)
    for (const item of Object.values(value)) yield* textsIn(item);
}
