import { isJsonObject, type JsonValue } from "#core/pipeline";
import { mayHaveLongNumbers, withLongNumbers, withLongNumbersAsTexts } from "../content/long-numbers.ts";
import { readText } from "../content/read-text.ts";
import { pathWords } from "./describe-change.ts";

/**
 * What a pipeline says, a line each, for tools that compare lines: fields by name, stages in order with the place they
 * are written in, texts as their own lines, and nothing of the layout. Null where the text is no pipeline.
 */
export function pipelineOutline(text: string): string | null {
  const read = readText(mayHaveLongNumbers(text) ? withLongNumbersAsTexts(text) : text);
  if (!read.ok) return null;
  const lines: string[] = [];
  const { fields, stages } = read.pipeline.content;
  addLines(lines, "", [], Object.fromEntries(Object.entries(fields).filter(([key]) => key !== "layout")));
  for (const { key, value } of stages) {
    lines.push("", `stage ${key}`);
    const rest = isJsonObject(value)
      ? Object.fromEntries(Object.entries(value).filter(([name]) => name !== "position"))
      : value;
    addLines(lines, "  ", [], rest);
  }
  return `${lines.join("\n")}\n`;
}

function addLines(lines: string[], indent: string, path: readonly string[], value: JsonValue): void {
  if (isJsonObject(value) && (path.length === 0 || Object.keys(value).length > 0)) {
    for (const [key, member] of Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      addLines(lines, indent, [...path, key], member);
  } else if (typeof value === "string" && value.includes("\n")) {
    lines.push(`${indent}${pathWords(path)}:`, ...value.split("\n").map((line) => `${indent}  ${line}`));
  } else {
    lines.push(`${indent}${pathWords(path)}: ${withLongNumbers(JSON.stringify(value))}`);
  }
}
