import { ARM_KEYS, isJsonObject, type JsonMembers, type JsonValue } from "#core/pipeline";
import type { PipelineContent, StageContent, StagePlace } from "./content.ts";

/**
 * Takes a pipeline's JSON apart. What is no object has no content. {@link contentToJson} puts it together again. `known`
 * has for each item of a list of stages what it is where that was read before, which no other is, and null where it is the
 * next of the JSON.
 */
export function readContent(json: JsonValue, known?: readonly (StageContent | null)[]): PipelineContent {
  if (!isJsonObject(json)) return { container: "none", fields: {}, stages: [] };
  const list = stagesIn(json);
  const stages: StageContent[] = [];
  const keys = new Set<string>();
  if (isList(list)) {
    let next = 0;
    for (const stage of known ?? list.map(() => null)) {
      if (stage === null) {
        addItem(stages, keys, list[next] ?? null);
        next += 1;
      } else {
        keys.add(stage.key);
        stages.push(stage);
      }
    }
    return { container: "list", fields: fieldsIn(json), stages };
  }
  if (!isJsonObject(list)) return { container: "none", fields: json, stages };
  for (const [id, value] of Object.entries(list)) addStage(stages, keys, id, value, null);
  return { container: "map", fields: fieldsIn(json), stages };
}

/** What a pipeline has for its stages; undefined for nothing. */
export function stagesIn(json: JsonMembers): JsonValue | undefined {
  return Object.hasOwn(json, "stages") ? json["stages"] : undefined;
}

/** A pipeline's fields but its stages. */
export function fieldsIn(json: JsonMembers): JsonMembers {
  return without(json, "stages");
}

/** The stages of a list without those that are written inside others: one for each item. */
export function itemStages({ stages }: PipelineContent): readonly StageContent[] {
  return stages.filter(({ place }) => place === null);
}

/** Whether other stages are written inside one. */
export function holdsStages(stage: JsonMembers): boolean {
  return bodiesOf(stage).length > 0;
}

function addItem(stages: StageContent[], keys: Set<string>, item: JsonValue): void {
  if (isJsonObject(item) && Object.hasOwn(item, "id") && typeof item["id"] === "string") {
    addStage(stages, keys, item["id"], without(item, "id"), null);
  } else {
    addStage(stages, keys, null, item, null);
  }
}

function addStage(
  stages: StageContent[],
  keys: Set<string>,
  id: string | null,
  value: JsonValue,
  place: StagePlace | null,
): void {
  const key = keyOf(keys, id === null ? `?${JSON.stringify(value)}` : id, place);
  keys.add(key);
  const bodies = bodiesOf(value);
  stages.push({ key, id, place, value: withoutBodies(value, bodies) });
  for (const { path, body } of bodies) {
    for (const [inner, nested] of Object.entries(body))
      addStage(stages, keys, inner, nested, { owner: key, path });
  }
}

/** Of several with one id each has a number, so that none is lost. */
function keyOf(keys: ReadonlySet<string>, name: string, place: StagePlace | null): string {
  const path = place === null ? name : `${place.owner}/${name}`;
  if (!keys.has(path)) return path;
  let number = 2;
  while (keys.has(`${path}#${number}`)) number += 1;
  return `${path}#${number}`;
}

interface Body {
  readonly path: readonly string[];
  readonly body: JsonMembers;
}

const INPUTS = ["config", "input_mapping", "inputs"];

/** The bodies that are written inside a stage (map dialect). */
function bodiesOf(value: JsonValue): readonly Body[] {
  if (!isJsonObject(value)) return [];
  const found: Body[] = [];
  for (const key of Object.keys(value)) {
    const field = value[key];
    if (!isJsonObject(field)) continue;
    if (ARM_KEYS.has(key)) {
      if (isBody(field)) found.push({ path: [key], body: field });
    } else if (INPUTS.includes(key)) {
      for (const inner of Object.keys(field)) {
        const body = ARM_KEYS.has(inner) ? field[inner] : undefined;
        if (isJsonObject(body) && isBody(body)) found.push({ path: [key, inner], body });
      }
    }
  }
  return found;
}

/** Whether each of its members is a stage: an object that names its component. Routes to ids are none. */
function isBody(value: JsonMembers): boolean {
  const members = Object.values(value);
  return (
    members.length > 0 &&
    members.every((member) => isJsonObject(member) && TYPES.some((key) => Object.hasOwn(member, key)))
  );
}

const TYPES = ["component", "component_type", "type", "uses"];

function withoutBodies(value: JsonValue, bodies: readonly Body[]): JsonValue {
  if (bodies.length === 0 || !isJsonObject(value)) return value;
  return bodies.reduce<JsonMembers>((left, { path }) => emptied(left, path), value);
}

function emptied(value: JsonMembers, [key = "", ...rest]: readonly string[]): JsonMembers {
  const inner = value[key];
  return { ...value, [key]: rest.length === 0 || !isJsonObject(inner) ? {} : emptied(inner, rest) };
}

function without(value: JsonMembers, key: string): JsonMembers {
  const { [key]: _left, ...others } = value;
  return others;
}

/** Whether a value is a list. */
export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
