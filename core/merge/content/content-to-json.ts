import { isJsonObject, type JsonMembers, type JsonValue } from "#core/pipeline";
import { type PipelineContent, placeText, type StageContent } from "./content.ts";

/** A pipeline's JSON, and which objects of it hold stages, so that the order of their keys counts. */
export interface ContentJson {
  readonly json: JsonMembers;
  readonly ordered: ReadonlySet<JsonValue>;
}

/** Puts a pipeline together again. A field comes where it was read, the stages behind them, and ids first. */
export function contentToJson({ container, fields, stages }: PipelineContent): ContentJson {
  const ordered = new Set<JsonValue>();
  const byPlace = new Map<string, StageContent[]>();
  for (const stage of stages) {
    const place = placeText(stage.place);
    const list = byPlace.get(place);
    if (list === undefined) byPlace.set(place, [stage]);
    else list.push(stage);
  }
  const bodies = bodiesByOwner(stages);
  const members = (of: readonly StageContent[]): JsonMembers => {
    const object = Object.fromEntries(of.map((stage) => [stage.id ?? stage.key, whole(stage)]));
    ordered.add(object);
    return object;
  };
  const whole = ({ key, value }: StageContent): JsonValue =>
    (bodies.get(key) ?? []).reduce<JsonValue>(
      (owner, path) => withBody(owner, path, members(byPlace.get(placeText({ owner: key, path })) ?? [])),
      value,
    );
  const top = byPlace.get("") ?? [];
  switch (container) {
    case "none":
      return { json: fields, ordered };
    case "map":
      return { json: { ...fields, stages: members(top) }, ordered };
    case "list": {
      const list = top.map((stage): JsonValue => {
        const value = whole(stage);
        return stage.id !== null && isJsonObject(value) ? { id: stage.id, ...value } : value;
      });
      return { json: { ...fields, stages: list }, ordered };
    }
  }
}

function bodiesByOwner(stages: readonly StageContent[]): ReadonlyMap<string, readonly (readonly string[])[]> {
  const bodies = new Map<string, (readonly string[])[]>();
  const seen = new Set<string>();
  for (const { place } of stages) {
    if (place === null || seen.has(placeText(place))) continue;
    seen.add(placeText(place));
    const list = bodies.get(place.owner);
    if (list === undefined) bodies.set(place.owner, [place.path]);
    else list.push(place.path);
  }
  return bodies;
}

function withBody(value: JsonValue, [key = "", ...rest]: readonly string[], body: JsonMembers): JsonValue {
  const object = isJsonObject(value) ? value : {};
  const inner = Object.hasOwn(object, key) ? (object[key] ?? null) : {};
  return { ...object, [key]: rest.length === 0 ? body : withBody(inner, rest, body) };
}
