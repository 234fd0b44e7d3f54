import { search } from "@jmespath-community/jmespath";
import type { Json } from "#core/ports";
import { failed, type StageOutcome } from "../implementation.ts";

/** Values a result may have. A short query can name the same part often enough to fill the memory. */
const mostValues = 1_000_000;

/** What a JMESPath query finds; null when that is nothing. */
export function queryWithJmespath(
  data: Json,
  query: string,
): { readonly ok: true; readonly value: Json } | (StageOutcome & { readonly ok: false }) {
  let found: unknown;
  try {
    // The library's type for JSON has mutable lists; it changes none.
    found = search(data as Parameters<typeof search>[0], query);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed(
      "TRANSFORMATION",
      `The JMESPath query "${query}" failed: ${reason}.`,
      "jmespath_expression",
    );
  }
  const budget = { values: mostValues };
  const value = toJson(found, budget);
  if (budget.values < 0) {
    const message = `The result of the JMESPath query "${query}" has more than ${mostValues} values. Ask for less.`;
    return failed("TRANSFORMATION", message, "jmespath_expression");
  }
  return { ok: true, value };
}

/** The library looks names up on prototypes too; what comes from there is no JSON, so it is nothing. */
function toJson(value: unknown, budget: { values: number }): Json {
  budget.values -= 1;
  if (budget.values < 0) return null;
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (Array.isArray(value)) return value.map((item) => toJson(item, budget));
  if (typeof value !== "object") return null;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toJson(member, budget)]));
}
