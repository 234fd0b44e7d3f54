import { isJsonObject, type JsonMembers, type JsonValue, pipelineAliases } from "#core/pipeline";
import type { PipelineContent, StageContainer } from "./content.ts";
import { contentToJson } from "./content-to-json.ts";
import { readContent } from "./read-content.ts";

/** How a pipeline spells what the dialects spell differently. */
export interface Spelling {
  readonly container: StageContainer;
  /** The key of a stage's component. */
  readonly component: string;
  /** The key of what a stage maps to its inputs. */
  readonly inputs: string;
  /** The keys of the pipeline that have other names in other dialects, by their canonical names. */
  readonly fields: ReadonlyMap<string, string>;
}

/** The names that the dialects have for what a stage does. */
export const COMPONENT: readonly string[] = ["component_type", "component", "type", "uses"];
/** The names that they have for what a stage maps to its inputs. */
export const INPUTS: readonly string[] = ["input_mapping", "inputs"];

/** The spelling that most of a pipeline's stages have. */
export function spellingOf({ container, fields, stages }: PipelineContent): Spelling {
  const counts = new Map<string, number>();
  for (const { value } of stages) {
    if (!isJsonObject(value)) continue;
    for (const key of [...COMPONENT, ...INPUTS])
      if (Object.hasOwn(value, key)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const most = (keys: readonly string[], otherwise: string): string =>
    keys.reduce((best, key) => ((counts.get(key) ?? 0) > (counts.get(best) ?? 0) ? key : best), otherwise);
  const spelled = [...pipelineAliases].filter(([alias]) => Object.hasOwn(fields, alias));
  return {
    container,
    component: most(COMPONENT, container === "map" ? "component" : "component_type"),
    inputs: most(INPUTS, container === "map" ? "inputs" : "input_mapping"),
    fields: new Map(spelled.map(([alias, name]) => [name, alias])),
  };
}

/**
 * A pipeline in the spelling of another; itself where the stages that both have are mostly spelled alike. Bodies and
 * expressions stay as they are, since they are read in every dialect.
 */
export function respelled<Side extends { readonly text: string; readonly content: PipelineContent }>(
  side: Side,
  like: PipelineContent,
): Side | { readonly text: string; readonly content: PipelineContent } {
  const { content } = side;
  const spelling = spellingOf(like);
  const isOtherContainer = content.container !== like.container && like.container !== "none";
  if (content.stages.length === 0 || (!isOtherContainer && !isSpelledOtherwise(content, like))) return side;
  const stages = content.stages.map((stage) => ({ ...stage, value: respelledStage(stage.value, spelling) }));
  const container = spelling.container === "none" ? content.container : spelling.container;
  const fields = respelledFields(content.fields, spelling);
  const { json } = contentToJson({ container, fields, stages });
  return { text: JSON.stringify(json, null, 2), content: readContent(json) };
}

/** A stage with the names that another stage has for what the dialects call differently. */
export function respelledAs(value: JsonValue, like: JsonValue): JsonValue {
  let result = value;
  for (const keys of [COMPONENT, INPUTS]) {
    const name = keys.find((key) => has(like, key));
    if (name !== undefined && isJsonObject(result)) result = renamed(result, keys, name);
  }
  return result;
}

function isSpelledOtherwise(one: PipelineContent, other: PipelineContent): boolean {
  const stages = new Map(other.stages.map(({ key, value }) => [key, value]));
  let balance = 0;
  for (const { key, value } of one.stages) {
    const like = stages.get(key);
    if (like === undefined || like === value) balance -= like === undefined ? 0 : 1;
    else
      balance +=
        COMPONENT.find((name) => has(value, name)) === COMPONENT.find((name) => has(like, name)) ? -1 : 1;
  }
  return balance > 0;
}

function has(value: JsonValue, key: string): boolean {
  return isJsonObject(value) && Object.hasOwn(value, key);
}

function respelledStage(value: JsonValue, { component, inputs }: Spelling): JsonValue {
  if (!isJsonObject(value)) return value;
  return renamed(renamed(value, COMPONENT, component), INPUTS, inputs);
}

function respelledFields(fields: JsonMembers, spelling: Spelling): JsonMembers {
  let result = fields;
  for (const [alias, name] of pipelineAliases)
    result = renamed(result, [alias, name], spelling.fields.get(name) ?? name);
  return result;
}

/** With the first of the keys that it has under another name, where that is free. */
function renamed(value: JsonMembers, keys: readonly string[], name: string): JsonMembers {
  const key = keys.find((each) => Object.hasOwn(value, each));
  if (key === undefined || key === name || Object.hasOwn(value, name)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([each, member]) => [each === key ? name : each, member]),
  );
}
