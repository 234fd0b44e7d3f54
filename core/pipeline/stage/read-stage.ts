import type { JsonNode, JsonProperty, Located, Span } from "../json-node.ts";
import type { Field, Stage } from "../model.ts";
import type { Problem } from "../problem.ts";
import { readingCode } from "../reading-codes.ts";
import { ON_ERROR, STAGE_ID, triggerRules } from "./allowed-values.ts";
import { parseComponentType } from "./component-type.ts";
import {
  checkOneOf,
  fieldNamed,
  fieldsOf,
  type Report,
  readBoolean,
  readObject,
  readText,
  readTextList,
} from "./field-reader.ts";
import { readArms, resolveArm, type WrittenArm } from "./read-arms.ts";
import { readModelSettings } from "./read-model-settings.ts";
import { readRetry } from "./read-retry.ts";
import { readTimeout } from "./read-timeout.ts";

/** Where a nested stage stands: what encloses it, and what the ids written in it mean. */
interface Place {
  readonly owner: string | null;
  readonly resolve: (id: string) => string;
}

const TOP: Place = { owner: null, resolve: (id) => id };

/** Reads an item of the list of stages. None when it has no id: a problem says so. */
export function readListedStage(node: JsonNode, problems: Problem[]): readonly Stage[] {
  if (node.kind === "error") return [];
  if (node.kind !== "object") {
    problems.push(notAnObject(node.span, "A stage"));
    return [];
  }
  const field = fieldNamed(node.properties, "id");
  if (field === undefined || field.value.kind !== "string" || field.value.value === "") {
    problems.push({
      code: readingCode.stageWithoutId,
      severity: "error",
      message: 'This stage has no id, so it is left out. Add "id": "…" with a name of its own.',
      span: field === undefined ? { start: node.span.start, end: node.span.start + 1 } : field.value.span,
    });
    return [];
  }
  const id = { value: field.value.value, span: field.value.span };
  return readStage(id, node, node.span, TOP, "list", problems);
}

/** Reads a property of the object of stages (map dialect), with the stages nested in it. */
export function readMappedStage(property: JsonProperty, problems: Problem[]): readonly Stage[] {
  return readNamedStage(property, TOP, problems);
}

function readNamedStage(property: JsonProperty, place: Place, problems: Problem[]): readonly Stage[] {
  const { key, keySpan, span, value } = property;
  if (value.kind === "error") return [];
  if (value.kind !== "object") {
    problems.push(notAnObject(value.span, `The stage ${JSON.stringify(key)}`));
    return [];
  }
  return readStage({ value: key, span: keySpan }, value, span, place, "map", problems);
}

function readStage(
  written: Located<string>,
  node: Extract<JsonNode, { kind: "object" }>,
  span: Span,
  place: Place,
  container: "list" | "map",
  problems: Problem[],
): readonly Stage[] {
  const id = place.owner === null ? written.value : `${place.owner}/${written.value}`;
  const report: Report = (problem) => problems.push({ severity: "error", stage: id, ...problem });
  if (!STAGE_ID.test(written.value)) {
    report({
      code: readingCode.invalidStageId,
      message: `The id ${JSON.stringify(written.value)} cannot be used in expressions. Start with a letter, then use letters, digits, _ and -.`,
      span: written.span,
    });
  }
  const fields = node.properties;
  const config = readObject(report, fieldNamed(fields, "config"));
  const inputMapping = readObject(report, fieldNamed(fields, "input_mapping", "inputs"));
  const writtenType = readText(report, fieldNamed(fields, "component_type", "component", "type", "uses"));
  if (
    writtenType === null &&
    fieldNamed(fields, "component_type", "component", "type", "uses") === undefined
  ) {
    report({
      code: readingCode.stageWithoutType,
      message: `The stage "${id}" does not say what it is. Add "component_type": "generator", or another component.`,
      span: written.span,
    });
  }
  const type = writtenType === null ? null : parseComponentType(writtenType.value);
  const arms = readArms(report, type?.type ?? null, { fields, inputMapping, config });
  const body = bodyOf(id, arms, place);
  const triggerRule = readText(report, fieldNamed(fields, "trigger_rule"));
  checkOneOf(report, "trigger_rule", triggerRule, triggerRules);
  const onError = readText(
    report,
    fieldNamed(fields, "on_error") ??
      fieldNamed(fieldsOf(fieldNamed(fields, "error_handling")?.value), "on_error"),
  );
  checkOneOf(report, "on_error", onError, ON_ERROR);
  const stage: Stage = {
    span,
    id,
    idSpan: written.span,
    componentType: type?.type ?? null,
    writtenType,
    versionRange: type?.versionRange ?? null,
    name: readText(report, fieldNamed(fields, "name")),
    config,
    inputMapping,
    outputs: readObject(report, fieldNamed(fields, "outputs")),
    dependsOn: readTextList(report, fieldNamed(fields, "depends_on")).map(({ value, span: at }) => ({
      value: place.resolve(value),
      span: at,
    })),
    when: readWhen(report, fields),
    triggerRule,
    onError,
    enabled: readBoolean(report, fieldNamed(fields, "enabled"), true),
    idempotent: readBoolean(report, fieldNamed(fields, "idempotent"), null),
    timeoutMs: readTimeout(report, fields),
    retry: readRetry(report, fields),
    model: readModelSettings(report, fields, container === "map" ? config : []),
    position: readPosition(report, fields),
    arms: arms.map((arm) => resolveArm(arm, arm.nested.length > 0 ? body.resolve : place.resolve)),
    nestedIn: place.owner,
    fields,
    node,
  };
  const nested = arms.flatMap((arm) =>
    arm.nested.flatMap((property) => readNamedStage(property, body, problems)),
  );
  return [stage, ...nested];
}

/** Inside a body, an id means the stage beside it first, then one of the bodies around, then one of the file. */
function bodyOf(owner: string, arms: readonly WrittenArm[], around: Place): Place {
  const siblings = new Set(arms.flatMap(({ nested }) => nested.map(({ key }) => key)));
  return { owner, resolve: (id) => (siblings.has(id) ? `${owner}/${id}` : around.resolve(id)) };
}

function readWhen(report: Report, fields: readonly Field[]): Stage["when"] {
  const when = writtenField(fields, "when");
  const skipIf = writtenField(fields, "skip_if");
  if (when !== undefined && skipIf !== undefined) {
    report({
      code: readingCode.conflictingFields,
      message: 'A stage has either "when" or "skip_if", which is its opposite. Remove one of them.',
      span: skipIf.keySpan,
    });
  }
  if (when !== undefined) return { condition: when.value, negated: false };
  return skipIf === undefined ? null : { condition: skipIf.value, negated: true };
}

/** A field that is null, or unreadable, says nothing. */
function writtenField(fields: readonly Field[], name: string): Field | undefined {
  const field = fieldNamed(fields, name);
  return field?.value.kind === "null" || field?.value.kind === "error" ? undefined : field;
}

/** Whether a canvas can draw there; `1e999` is a number in JSON, and infinite. */
export function isCoordinate(value: number): boolean {
  return Math.abs(value) <= 1_000_000;
}

function readPosition(report: Report, fields: readonly Field[]): Stage["position"] {
  const field = fieldNamed(fields, "position");
  if (field === undefined || field.value.kind === "null") return null;
  const x = fieldNamed(fieldsOf(field.value), "x")?.value;
  const y = fieldNamed(fieldsOf(field.value), "y")?.value;
  if (x?.kind === "number" && y?.kind === "number" && isCoordinate(x.value) && isCoordinate(y.value)) {
    return { value: { x: x.value, y: y.value }, span: field.value.span };
  }
  if (field.value.kind !== "error" && x?.kind !== "error" && y?.kind !== "error") {
    report({
      code: readingCode.invalidPosition,
      severity: "warning",
      message:
        '"position" must be an object with the numbers x and y, at most a million. The stage is placed automatically.',
      span: field.value.span,
    });
  }
  return null;
}

function notAnObject(span: Span, what: string): Problem {
  return {
    code: readingCode.notAnObject,
    severity: "error",
    message: `${what} must be an object in { }.`,
    span,
  };
}
