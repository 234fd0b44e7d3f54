/** What a value is, as far as types are told apart before a run. */
export type Kind = "text" | "number" | "boolean" | "null" | "list" | "object";

/** The kind of a constant. */
export function literalKind(value: null | boolean | number | string): Kind {
  if (value === null) return "null";
  if (typeof value === "string") return "text";
  return typeof value === "number" ? "number" : "boolean";
}
