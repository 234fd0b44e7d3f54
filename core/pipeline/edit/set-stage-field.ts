import { stageById } from "../document/locate.ts";
import { isJsonObject } from "../json/json-object.ts";
import type { JsonValue } from "../json/node-to-json.ts";
import type { JsonNode } from "../json-node.ts";
import type { PipelineDocument, Stage } from "../model.ts";
import { fieldNamed, fieldsOf } from "../stage/field-reader.ts";
import { parseDuration } from "../stage/read-timeout.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { type EditStep, inSteps } from "./in-steps.ts";
import { renameStage } from "./names/rename-stage.ts";
import { setValue } from "./set-value.ts";
import { unsetValue } from "./unset-value.ts";

type Path = readonly string[];

/** The ways in which a stage says one thing; a file keeps to its own. */
const SPELLINGS: ReadonlyMap<string, readonly Path[]> = new Map([
  ["component_type", [["component_type"], ["component"], ["type"], ["uses"]]],
  ["input_mapping", [["input_mapping"], ["inputs"]]],
  ["timeout", [["timeout"], ["timeout_ms"]]],
  ["retry", [["retry"], ["retry_config"], ["error_handling", "max_retries"]]],
  ["on_error", [["on_error"], ["error_handling", "on_error"]]],
  ["approval", [["approval"], ["approve"]]],
  ...["provider", "model", "temperature", "max_tokens", "top_p", "stop_sequences"].map(
    (key): readonly [string, readonly Path[]] => [key, [[key], ["llm_settings", key]]],
  ),
]);

/**
 * Sets a field of a stage by its canonical name (`["retry"]`, `["input_mapping", "text"]`), in the spelling that the
 * stage has it in, or else other stages of the file: `timeout_ms`, `error_handling` and so on. Null takes it away, in
 * whatever spelling. An id is changed wherever the file names it.
 */
export function setStageField(
  document: PipelineDocument,
  id: string,
  path: Path,
  value: JsonValue,
): EditResult {
  const stage = stageById(document, id);
  const [field, ...inner] = path;
  if (stage === undefined) return refuse(`There is no stage "${id}" in this file.`);
  if (field === undefined) return refuse("A path has at least one key.");
  if (field === "id") {
    return typeof value === "string" && inner.length === 0
      ? renameStage(document, id, value)
      : refuse("The id of a stage is text.");
  }
  const ways = SPELLINGS.get(field) ?? [[field]];
  const written = ways.filter((way) => hasAt(stage, way));
  if (value === null) {
    return inSteps(
      document,
      written.map(
        (way): EditStep =>
          (current) =>
            unsetValue(current, id, [...way, ...inner]),
      ),
    );
  }
  const way = written[0] ?? usedElsewhere(document, ways) ?? ways[0] ?? [field];
  const fitted = inner.length > 0 ? { way, value } : inWay(way, value);
  return inSteps(document, [
    // What contradicts it goes: two ways of saying one thing, and the opposite of a condition.
    ...written
      .filter((each) => each[0] !== fitted.way[0] && inner.length === 0)
      .map(
        (each): EditStep =>
          (current) =>
            unsetValue(current, id, each),
      ),
    (current) =>
      field === "when" && hasAt(stage, ["skip_if"]) ? unsetValue(current, id, ["skip_if"]) : done([]),
    (current) => setValue(current, id, [...fitted.way, ...inner], fitted.value),
  ]);
}

/** The paths that a canonical path of a stage may be written at. */
export function waysOf([field = "", ...inner]: Path): readonly Path[] {
  return (SPELLINGS.get(field) ?? [[field]]).map((way) => [...way, ...inner]);
}

function hasAt({ node }: Stage, path: Path): boolean {
  let at: JsonNode | undefined = node;
  for (const key of path) at = fieldNamed(fieldsOf(at), key)?.value;
  return at !== undefined;
}

/** The way that the first stage of the file says it that says it at all. */
function usedElsewhere({ pipeline, tree }: PipelineDocument, ways: readonly Path[]): Path | undefined {
  for (const stage of pipeline.stages) {
    const way = ways.find((each) => hasAt(stage, each));
    if (way !== undefined) return way;
  }
  return tree.container?.kind === "map"
    ? ways.find(([key]) => key === "inputs" || key === "component")
    : undefined;
}

/** The value as that way of saying it has it; another way where it has no place for the value. */
function inWay(way: Path, value: JsonValue): { readonly way: Path; readonly value: JsonValue } {
  const key = way.at(-1);
  if (key === "timeout_ms") {
    const seconds = typeof value === "number" ? value * 1000 : null;
    const milliseconds = typeof value === "string" ? parseDuration(value) : seconds;
    return milliseconds === null ? { way: ["timeout"], value } : { way, value: milliseconds };
  }
  if (key === "retry_config" && typeof value === "number") return { way: [...way, "max_retries"], value };
  return key === "max_retries" && isJsonObject(value) ? { way: ["retry"], value } : { way, value };
}
