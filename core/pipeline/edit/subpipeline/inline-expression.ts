import { parseExpression, type Reference } from "#core/expressions";
import type { JsonValue } from "../../json/node-to-json.ts";
import { referencesIn } from "./replace-references.ts";

/**
 * A value as an expression that can stand where a reference stood: a path as it is, anything else in brackets. Null
 * for text with templates in it, which is no one expression.
 */
export function asExpression(value: JsonValue, reader: Pick<Reference, "guarded">): string | null {
  if (typeof value === "string" && value.includes("{{")) {
    const whole = wholeTemplate(value);
    if (whole === null) return null;
    // What can do without the value does so itself.
    const bare = reader.guarded ? whole.replace(/ \?\? null$/, "") : whole;
    return isPath(bare) ? bare : `(${bare})`;
  }
  if (JSON.stringify(value).includes("{{")) return null;
  const literal = JSON.stringify(value);
  return parseExpression(literal).problems.length > 0 ? null : literal;
}

/** The expression of a text that is one template and nothing else; null for others. */
export function wholeTemplate(text: string): string | null {
  const inner = /^\s*\{\{(.*)\}\}\s*$/s.exec(text)?.[1]?.trim();
  if (inner === undefined || inner.includes("{{") || inner.includes("}}")) return null;
  return parseExpression(inner).problems.length > 0 ? null : inner;
}

/** Whether an expression is one reference, from its beginning to its end. */
function isPath(expression: string): boolean {
  const [only, ...others] = referencesIn("expression", expression);
  return only !== undefined && others.length === 0 && only.start === 0 && only.end === expression.length;
}
