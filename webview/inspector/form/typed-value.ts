import type { JsonValue } from "#core/pipeline";
import type { Editor } from "./editor.ts";

/** What a typed text means for its field. */
export type TypedValue =
  | { readonly kind: "value"; readonly value: JsonValue }
  /** Nothing is given. */
  | { readonly kind: "nothing" }
  /** It cannot be written; `message` says why. */
  | { readonly kind: "unusable"; readonly message: string };

/** What stands in an editor for a value; empty where there is none. */
export function textOf(editor: Editor, value: JsonValue | undefined): string {
  if (value === undefined) return "";
  switch (editor.kind) {
    case "identity":
    case "text":
    case "template":
    case "expression":
    case "number-or-text":
    case "choice":
      return typeof value === "string" ? value : JSON.stringify(value);
    case "number":
    case "switch":
      return JSON.stringify(value);
    case "lines":
      return Array.isArray(value) ? value.map(String).join("\n") : "";
    case "json":
      return JSON.stringify(value, null, 2);
  }
}

/** The value that a text typed into an editor means. */
export function typedValue(editor: Editor, text: string): TypedValue {
  if (editor.kind !== "json" && text === "") return { kind: "nothing" };
  switch (editor.kind) {
    case "identity":
    case "text":
    case "expression":
      return { kind: "value", value: text };
    case "choice":
      return { kind: "value", value: editor.options.find((option) => String(option) === text) ?? text };
    case "template":
      return { kind: "value", value: text.includes("{{") ? text : (readNumberOrBoolean(text) ?? text) };
    case "number-or-text":
      return { kind: "value", value: readNumber(text) ?? text };
    case "number": {
      const value = readNumber(text);
      if (value === undefined)
        return { kind: "unusable", message: `“${text.trim()}” is no number that can be kept as it is.` };
      if (editor.integer && !Number.isInteger(value))
        return { kind: "unusable", message: "This must be a whole number." };
      return { kind: "value", value };
    }
    case "switch":
      return { kind: "value", value: text === "true" };
    case "lines": {
      const lines = text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== "");
      return { kind: "value", value: lines };
    }
    case "json":
      return text.trim() === "" ? { kind: "nothing" } : readJson(text);
  }
}

/** Undefined for a text that is no number, or one of more digits, or larger, than a number of JavaScript holds. */
function readNumber(text: string): number | undefined {
  const trimmed = text.trim();
  const parts = /^-?(\d+)(?:\.(\d+))?(?:[eE][+-]?\d+)?$/.exec(trimmed);
  if (parts === null) return undefined;
  const value = Number(trimmed);
  const digits = `${parts[1] ?? ""}${parts[2] ?? ""}`.replace(/^0+/, "").length;
  return Number.isFinite(value) && (digits <= 15 || String(value) === trimmed) ? value : undefined;
}

function readNumberOrBoolean(text: string): number | boolean | undefined {
  const trimmed = text.trim();
  if (trimmed === "true" || trimmed === "false") return trimmed === "true";
  return readNumber(trimmed);
}

function readJson(text: string): TypedValue {
  try {
    // JSON.parse gives JSON.
    return { kind: "value", value: JSON.parse(text) as JsonValue };
  } catch (error) {
    return {
      kind: "unusable",
      message: `This is no JSON yet: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
