import type { JsonNode, Located, Span } from "../json-node.ts";
import type { Field } from "../model.ts";
import type { Severity } from "../problem.ts";
import { readingCode } from "../reading-codes.ts";

/** Takes a problem of shape; spans as in the nodes. */
export type Report = (problem: {
  readonly code: string;
  readonly severity?: Severity;
  readonly message: string;
  readonly span: Span;
}) => void;

/** The field of that name; of duplicates the last, as for `JSON.parse`. */
export function fieldNamed(fields: readonly Field[], ...names: readonly string[]): Field | undefined {
  for (const name of names) {
    // Called for each possible field of each stage: a callback for each would be what reading a file costs most.
    for (let index = fields.length - 1; index >= 0; index -= 1) {
      if (fields[index]?.key === name) return fields[index];
    }
  }
  return undefined;
}

/** The properties of an object node, and none of any other. */
export function fieldsOf(node: JsonNode | undefined): readonly Field[] {
  return node?.kind === "object" ? node.properties : [];
}

/** Reads a field that holds text. Null and an absent field are null; anything else is a problem. */
export function readText(report: Report, field: Field | undefined): Located<string> | null {
  if (field === undefined) return null;
  if (field.value.kind === "string") return { value: field.value.value, span: field.value.span };
  reportType(report, field, "text in double quotes");
  return null;
}

/** Reads a field that holds a number. */
export function readNumber(report: Report, field: Field | undefined): Located<number> | null {
  if (field === undefined) return null;
  if (field.value.kind === "number") return { value: field.value.value, span: field.value.span };
  reportType(report, field, "a number");
  return null;
}

/** Reads a field that is true or false; `otherwise` is what it is where nothing, or nothing usable, is written. */
export function readBoolean<Otherwise extends boolean | null>(
  report: Report,
  field: Field | undefined,
  otherwise: Otherwise,
): boolean | Otherwise {
  if (field === undefined) return otherwise;
  if (field.value.kind === "boolean") return field.value.value;
  reportType(report, field, "true or false");
  return otherwise;
}

/** Reads the fields of a field that holds an object. */
export function readObject(report: Report, field: Field | undefined): readonly Field[] {
  if (field === undefined) return [];
  if (field.value.kind === "object") return field.value.properties;
  reportType(report, field, "an object in { }");
  return [];
}

/** Reads a list of texts; one text alone is read as a list of it, with a problem. */
export function readTextList(report: Report, field: Field | undefined): readonly Located<string>[] {
  if (field === undefined) return [];
  const { value: node } = field;
  if (node.kind !== "array") {
    reportType(report, field, "a list of texts in [ ]");
    return node.kind === "string" ? [{ value: node.value, span: node.span }] : [];
  }
  const texts: Located<string>[] = [];
  for (const item of node.items) {
    if (item.kind === "string") {
      texts.push({ value: item.value, span: item.span });
    } else if (item.kind !== "error") {
      report({
        code: readingCode.wrongType,
        message: `Each item of "${field.key}" must be text in double quotes, this is ${nameOfKind(item)}.`,
        span: item.span,
      });
    }
  }
  return texts;
}

/** Reports a text that is none of those allowed. */
export function checkOneOf(
  report: Report,
  name: string,
  text: Located<string> | null,
  allowed: readonly string[],
): void {
  if (text === null || allowed.includes(text.value)) return;
  report({
    code: readingCode.invalidValue,
    message: `"${name}" must be one of ${allowed.join(", ")}; this is ${JSON.stringify(text.value)}.`,
    span: text.span,
  });
}

/** Reports a field that holds the wrong kind of value. Null and what is unreadable already are no news. */
export function reportType(report: Report, field: Field, expected: string): void {
  if (field.value.kind === "error" || field.value.kind === "null") return;
  report({
    code: readingCode.wrongType,
    message: `"${field.key}" must be ${expected}, this is ${nameOfKind(field.value)}.`,
    span: field.value.span,
  });
}

function nameOfKind(node: JsonNode): string {
  switch (node.kind) {
    case "object":
      return "an object";
    case "array":
      return "a list";
    case "string":
      return "text";
    case "number":
      return "a number";
    case "boolean":
      return node.value ? "true" : "false";
    case "null":
      return "null";
    case "error":
      return "unreadable";
  }
}
