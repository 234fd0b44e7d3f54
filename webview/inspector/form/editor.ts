import type { JsonValue } from "#core/pipeline";
import { type FieldSchema, typesOf } from "./field-schema.ts";

/** How a value is shown and typed. */
export type Editor =
  /** What a stage is called by others, who are changed with it. */
  | { readonly kind: "identity" }
  /** Text, in which `templates` says whether `{{ }}` is an expression. */
  | { readonly kind: "text"; readonly lines: "one" | "several"; readonly templates: boolean }
  /** A bare expression. */
  | { readonly kind: "expression" }
  | { readonly kind: "number"; readonly integer: boolean }
  /** One of some values. */
  | { readonly kind: "choice"; readonly options: readonly (string | number)[] }
  | { readonly kind: "switch" }
  /** A number where it reads as one, else text: `30` or `30s`. */
  | { readonly kind: "number-or-text" }
  /** Texts, one in a line. */
  | { readonly kind: "lines" }
  /** Text with `{{ }}` in place of a value of another type. */
  | { readonly kind: "template" }
  | { readonly kind: "json" };

/** What a field is, besides its schema. */
export interface FieldNature {
  /** Whether an expression may stand in place of the value. */
  readonly templates: boolean;
  /** Whether the whole text is an expression. */
  readonly expression: boolean;
  /** Whether its text has lines, as a prompt does. */
  readonly prose: boolean;
}

/** The ways to edit a field, the usual one first. */
export function editorsOf(
  schema: FieldSchema,
  { templates, expression, prose }: FieldNature,
): readonly Editor[] {
  const json: Editor = { kind: "json" };
  const orTemplate: readonly Editor[] = templates ? [{ kind: "template" }] : [];
  if (expression) return [{ kind: "expression" }];
  if (schema.enum !== undefined) return [{ kind: "choice", options: choicesOf(schema.enum) }, ...orTemplate];
  const types = typesOf(schema);
  const only = (...allowed: readonly string[]): boolean =>
    types.size > 0 && [...types].every((type) => allowed.includes(type) || type === "null");
  if (types.size === 0) return templates ? [{ kind: "text", lines: "several", templates }, json] : [json];
  if (only("string")) return [{ kind: "text", lines: prose ? "several" : "one", templates }];
  if (only("boolean")) return [{ kind: "switch" }, ...orTemplate];
  const number: Editor = { kind: "number", integer: !types.has("number") };
  if (only("number", "integer")) return [number, ...orTemplate];
  if (only("number", "integer", "string")) return [{ kind: "number-or-text" }];
  if (types.has("object") && (types.has("number") || types.has("integer"))) return [number, json];
  if (types.has("array") && isListOfTexts(schema))
    return types.has("object") ? [{ kind: "lines" }, json] : [{ kind: "lines" }, ...orTemplate];
  return [json, ...orTemplate];
}

/** The editors of a field, with JSON for a value that none of them can show, and which of them shows it. */
export function editorsFor(
  usual: readonly Editor[],
  value: JsonValue | undefined,
): { readonly editors: readonly Editor[]; readonly chosen: number } {
  const fitting = value === undefined ? 0 : usual.findIndex((editor) => canShow(editor, value));
  if (fitting >= 0) return { editors: usual, chosen: fitting };
  return { editors: [...usual, { kind: "json" }], chosen: usual.length };
}

function canShow(editor: Editor, value: JsonValue): boolean {
  switch (editor.kind) {
    case "identity":
      return true;
    case "text":
      return typeof value === "string" && (editor.lines === "several" || !/[\r\n]/.test(value));
    case "template":
      return typeof value === "string";
    case "expression":
      return typeof value === "string" || typeof value === "boolean" || typeof value === "number";
    case "number":
      return typeof value === "number";
    case "choice":
      return (typeof value === "string" && !value.includes("{{")) || typeof value === "number";
    case "switch":
      return typeof value === "boolean";
    case "number-or-text":
      return typeof value === "number" || (typeof value === "string" && !/[\r\n]/.test(value));
    case "lines":
      // An item with a line break would be two, and an empty one none.
      return (
        Array.isArray(value) &&
        value.every((item: JsonValue) => typeof item === "string" && item !== "" && !/[\r\n]/.test(item))
      );
    case "json":
      return true;
  }
}

function choicesOf(members: readonly unknown[]): readonly (string | number)[] {
  return members.filter((member) => typeof member === "string" || typeof member === "number");
}

function isListOfTexts(schema: FieldSchema): boolean {
  const lists = [schema, ...(schema.anyOf ?? [])].filter(({ type }) => type === "array");
  return lists.some(
    ({ items }) => typeof items === "object" && typesOf(items).size === 1 && typesOf(items).has("string"),
  );
}
