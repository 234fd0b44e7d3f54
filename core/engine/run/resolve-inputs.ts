import { completeInputs } from "#core/component-definitions";
import { type Evaluation, type ExpressionError, evaluate, type Scope } from "#core/expressions";
import { isJsonObject } from "#core/pipeline";
import type { Failure, Json, JsonObject } from "#core/ports";
import type { ValuePlan } from "../plan/input-plan.ts";
import type { StagePlan } from "../plan/run-plan.ts";
import { refuseUnwritable } from "./refuse-unwritable.ts";

/** What comes of a stage's expressions. */
export type Resolved<T> =
  | { readonly kind: "ok"; readonly value: T }
  /** An unguarded expression names a skipped stage. */
  | { readonly kind: "skip"; readonly reason: string }
  | { readonly kind: "failed"; readonly failure: Failure };

/** The stage's inputs for an attempt at `now`, complete and of the right types. */
export function resolveInputs(
  stage: Pick<StagePlan, "inputs" | "definition">,
  scope: Scope,
  now: string,
): Resolved<JsonObject> {
  const { constant, fields } = stage.inputs;
  if (constant !== null) return constant;
  const written = resolveFields(fields, scope, now);
  if (written.kind !== "ok") return written;
  // Before, since completing writes values down as text; after, since it reads texts as values.
  const unwritable = refuseUnwritable("inputs", written.value);
  if (unwritable !== null) return { kind: "failed", failure: unwritable };
  const completed = completeInputs(stage.definition, written.value);
  if (!completed.ok) return { kind: "failed", failure: completed.failure };
  const grown = refuseUnwritable("inputs", completed.inputs);
  return grown === null ? { kind: "ok", value: completed.inputs } : { kind: "failed", failure: grown };
}

/** Whether `when` lets the stage run. */
export function resolveCondition(
  when: NonNullable<StagePlan["when"]>,
  scope: Scope,
  now: string,
): Resolved<boolean> {
  const result = evaluate(when.condition, scope, { now });
  return result.ok
    ? { kind: "ok", value: isTruthy(result.value) !== when.negated }
    : unresolved("when", result.error);
}

/** The output with the names that the file adds to it; their expressions see it as `output`. */
export function addOutputs(
  stage: StagePlan,
  output: Json,
  scope: Scope,
  now: string,
): Exclude<Resolved<Json>, { kind: "skip" }> {
  if (stage.addedOutputs === null) return { kind: "ok", value: output };
  const added = resolveFields(stage.addedOutputs.fields, scope, now);
  switch (added.kind) {
    case "failed":
      return added;
    case "skip": {
      // The stage has run: it is too late to skip it.
      const message = `outputs: ${added.reason}`;
      return {
        kind: "failed",
        failure: { type: "EXPRESSION", message, recoverable: false, field: "outputs" },
      };
    }
    case "ok":
      return {
        kind: "ok",
        value: isJsonObject(output) ? { ...output, ...added.value } : { output, ...added.value },
      };
  }
}

type Fields = readonly { readonly field: string; readonly value: ValuePlan }[];

/** Each field's value now, or the first reason why there is none. */
export function resolveFields(fields: Fields, scope: Scope, now: string): Resolved<JsonObject> {
  const resolution: Resolution = { scope, now, error: null };
  const entries: [string, Json][] = [];
  for (const { field, value } of fields) {
    entries.push([field, resolveValue(value, resolution)]);
    if (resolution.error !== null) return unresolved(field, resolution.error);
  }
  return { kind: "ok", value: Object.fromEntries(entries) };
}

interface Resolution {
  readonly scope: Scope;
  readonly now: string;
  /** The first error; what is resolved after it is thrown away. */
  error: ExpressionError | null;
}

function resolveValue(plan: ValuePlan, resolution: Resolution): Json {
  switch (plan.kind) {
    case "constant":
      return plan.value;
    case "template": {
      const result: Evaluation = evaluate(plan.template, resolution.scope, { now: resolution.now });
      if (result.ok) return result.value;
      resolution.error ??= result.error;
      return null;
    }
    case "list":
      return plan.items.map((item) => resolveValue(item, resolution));
    case "object":
      return Object.fromEntries(plan.members.map(([key, value]) => [key, resolveValue(value, resolution)]));
  }
}

function unresolved(field: string, error: ExpressionError): Resolved<never> {
  if (error.absent?.reason === "skipped")
    return { kind: "skip", reason: `its ${field} needs what is not there: ${error.absent.what}` };
  const details = { code: error.code, start: error.start, end: error.end };
  return {
    kind: "failed",
    failure: {
      type: "EXPRESSION",
      message: `${field}: ${error.message}`,
      recoverable: false,
      field,
      details,
    },
  };
}

/** Python's truth (design, "Expressions"). */
function isTruthy(value: Json): boolean {
  if (value === null || value === false || value === 0 || value === "") return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}
