import { type JsonValue, nodeToJson, parsePipeline, readingCode, readJson } from "#core/pipeline";
import { type PipelineText, pipelineText, readAlike } from "./read-alike.ts";
import { readContent } from "./read-content.ts";
import { readStageByStage } from "./stage-by-stage.ts";
import { strictJson } from "./strict-json.ts";
import { writtenStages } from "./written-stages.ts";

/** A pipeline's text with what it says, or why it says nothing. */
export type ReadText =
  | { readonly ok: true; readonly pipeline: PipelineText }
  | { readonly ok: false; readonly message: string };

/**
 * Reads a pipeline's text. Comments and trailing commas are tolerated; a text with errors is no pipeline. Stages that are
 * written as they are in `like` are the same objects.
 */
export function readText(text: string, like?: PipelineText): ReadText {
  const alike = like === undefined ? null : readAlike(text, like);
  if (alike !== null) return { ok: true, pipeline: alike };
  const list = readStageByStage(text);
  const strict = list?.json ?? strictJson(text);
  if (strict !== null) {
    const written = list === null ? null : writtenStages(list);
    return { ok: true, pipeline: pipelineText(text, written, () => readContent(strict)) };
  }
  const json = tolerantJson(text);
  return typeof json === "string"
    ? { ok: false, message: json }
    : { ok: true, pipeline: pipelineText(text, null, () => readContent(json.value)) };
}

interface Read {
  readonly value: JsonValue;
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
