import {
  type ExpressionError,
  evaluate,
  isTemplate,
  parseExpression,
  parseTemplate,
  type Scope,
  type Value,
} from "#core/expressions";
import type { Json } from "#core/ports";
import { type Call, failed, type StageOutcome } from "./implementation.ts";
import { remembered } from "./remembered.ts";

/** A field's value, or the EXPRESSION failure that evaluating it is. */
export type FieldValue =
  | { readonly ok: true; readonly value: Json }
  | (StageOutcome & { readonly ok: false });

/** A field that holds a bare expression; a value that is no text is itself (design, "Expressions"). */
export function evaluateField(
  call: Call<unknown>,
  field: string,
  source: Json,
  names: Readonly<Record<string, Value>>,
): FieldValue {
  if (typeof source !== "string") return { ok: true, value: source };
  return compileField(call, field, source)(names);
}

/** The same for a text that is evaluated often, with other names each time. */
export function compileField(
  call: Call<unknown>,
  field: string,
  source: string,
): (names: Readonly<Record<string, Value>>) => FieldValue {
  const parsed = parsedExpression(source);
  return (names) => {
    const result = evaluate(parsed, call.scope(names), { now: call.attempt.now });
    return result.ok ? { ok: true, value: result.value } : expressionFailure(field, source, result.error);
  };
}

/** A value with {{ }} in its texts, at any depth; keys are no templates. */
export function renderField(
  call: Call<unknown>,
  field: string,
  source: Json,
  names: Readonly<Record<string, Value>>,
): FieldValue {
  return render(source, { field, scope: call.scope(names), now: call.attempt.now });
}

/** Whether a condition holds, as Python sees it (design, "Expressions"). */
export function isTruthy(value: Json): boolean {
  if (value === null || value === false || value === 0 || value === "") return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

interface Rendering {
  readonly field: string;
  readonly scope: Scope;
  readonly now: string;
}

function render(source: Json, rendering: Rendering): FieldValue {
  if (typeof source === "string") return renderText(source, rendering);
  if (typeof source !== "object" || source === null) return { ok: true, value: source };
  const entries: [string, Json][] = [];
  for (const [key, member] of Object.entries(source)) {
    const rendered = render(member, rendering);
    if (!rendered.ok) return rendered;
    entries.push([key, rendered.value]);
  }
  return {
    ok: true,
    value: Array.isArray(source) ? entries.map(([, value]) => value) : Object.fromEntries(entries),
  };
}

function renderText(text: string, { field, scope, now }: Rendering): FieldValue {
  if (!isTemplate(text)) return { ok: true, value: text };
  const result = evaluate(parsedTemplate(text), scope, { now });
  return result.ok ? { ok: true, value: result.value } : expressionFailure(field, text, result.error);
}

/** Of loops: the same few texts in each round. */
const parsedExpression = remembered(parseExpression);
const parsedTemplate = remembered(parseTemplate);

function expressionFailure(
  field: string,
  source: string,
  error: ExpressionError,
): StageOutcome & { readonly ok: false } {
  const { failure } = failed("EXPRESSION", `${field}: ${error.message}`, field);
  return {
    ok: false,
    failure: { ...failure, details: { source, start: error.start, end: error.end, code: error.code } },
  };
}
