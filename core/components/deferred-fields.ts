import {
  type ExpressionError,
  evaluate,
  parseExpression,
  parseTemplate,
  type Scope,
  type Value,
} from "#core/expressions";
import type { Json, JsonObject } from "#core/ports";
import { type Call, failed, type StageOutcome } from "./implementation.ts";

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
  const parsed = parseExpression(source);
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
  const scope = call.scope(names);
  try {
    return { ok: true, value: render(source, { field, scope, now: call.attempt.now }) };
  } catch (error) {
    if (error instanceof TemplateFailure) return error.outcome;
    throw error;
  }
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

function render(source: Json, rendering: Rendering): Json {
  if (typeof source === "string") return renderText(source, rendering);
  if (typeof source !== "object" || source === null) return source;
  if (Array.isArray(source)) return source.map((item: Json) => render(item, rendering));
  return Object.fromEntries(
    Object.entries(source as JsonObject).map(([key, member]) => [key, render(member, rendering)]),
  );
}

function renderText(text: string, { field, scope, now }: Rendering): Json {
  if (!text.includes("{{")) return text;
  const result = evaluate(parseTemplate(text), scope, { now });
  if (result.ok) return result.value;
  throw new TemplateFailure(expressionFailure(field, text, result.error));
}

/** Leaves the recursion; never leaves this file. */
class TemplateFailure extends Error {
  readonly outcome: StageOutcome & { readonly ok: false };

  constructor(outcome: StageOutcome & { readonly ok: false }) {
    super(outcome.failure.message);
    this.outcome = outcome;
  }
}

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
