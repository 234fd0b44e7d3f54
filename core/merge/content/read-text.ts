import { type JsonValue, nodeToJson, parsePipeline, readingCode, readJson } from "#core/pipeline";
import type { PipelineContent } from "./content.ts";
import { readContent } from "./read-content.ts";

/** A pipeline's text with what it says, or why it says nothing. */
export type ReadText =
  | { readonly ok: true; readonly text: string; readonly content: PipelineContent }
  | { readonly ok: false; readonly message: string };

/** Reads a pipeline's text. Comments and trailing commas are tolerated; a text with errors is no pipeline. */
export function readText(text: string): ReadText {
  const json = strictJson(text) ?? tolerantJson(text);
  return typeof json === "string"
    ? { ok: false, message: json }
    : { ok: true, text, content: readContent(json.value) };
}

interface Read {
  readonly value: JsonValue;
}

/** Nearly every file is plain JSON, which the platform reads many times faster. */
function strictJson(text: string): Read | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return isObject(value) ? { value } : undefined;
  } catch {
    return undefined;
  }
}

/** The value, or the first thing that is wrong. */
function tolerantJson(text: string): Read | string {
  const document = parsePipeline(text);
  const value = nodeToJson(readJson(text));
  if (!document.broken && isObject(value)) return { value };
  const unread = document.problems.filter(({ code }) => UNREAD.has(code));
  const problem = [...unread, ...document.problems].find(({ severity }) => severity === "error");
  return problem?.message ?? "This is no pipeline: a pipeline is an object in { }.";
}

/** What keeps a text from being read comes before what is wrong with what was read. */
const UNREAD: ReadonlySet<string> = new Set([
  readingCode.mergeConflict,
  readingCode.jsonSyntax,
  readingCode.notAnObject,
]);

function isObject(value: JsonValue): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
