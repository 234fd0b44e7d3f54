import { evaluate, isTemplate, parseExpression, parseTemplate, type Scope } from "#core/expressions";
import type { Json } from "#core/ports";

/** What a person typed as a value, or why it is none. */
export type TypedValue =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads a value as it is typed: JSON; else a template, `{{ }}` and all; else an expression of the pipeline's language,
 * which sees what the stop's own expressions see. A text stands in quotes.
 */
export function readTypedValue(text: string, scope: () => Scope): TypedValue {
  const typed = text.trim();
  if (typed === "") return { ok: false, reason: 'nothing was typed; an empty text is ""' };
  const json = readJson(typed);
  if (json !== undefined) return { ok: true, value: json };
  const parsed = isTemplate(typed) ? parseTemplate(typed) : parseExpression(typed);
  const result = evaluate(parsed, scope(), { now: new Date().toISOString() });
  if (result.ok) return { ok: true, value: result.value };
  const { message } = result.error;
  const hint = message.includes("quote") ? "" : " A text stands in quotes.";
  return {
    ok: false,
    reason: `what was typed is neither JSON nor an expression that has a value. ${message}${/[.?]$/.test(message) ? "" : "."}${hint}`,
  };
}

function readJson(text: string): Json | undefined {
  try {
    // What JSON.parse gives is JSON.
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
