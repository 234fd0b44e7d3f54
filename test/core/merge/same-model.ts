import { isJsonObject, type JsonValue, sameJson } from "#core/pipeline";

/** Whether two pipelines say the same: the order of keys counts for stages only, which may be the keys of an object. */
export function sameModel(one: JsonValue, other: JsonValue): boolean {
  return sameJson(one, other) && JSON.stringify(stageOrder(one)) === JSON.stringify(stageOrder(other));
}

/** The names of the stages of each object of stages, in order. */
function stageOrder(value: JsonValue): unknown {
  if (Array.isArray(value)) return value.map(stageOrder);
  if (!isJsonObject(value)) return null;
  const entries = Object.keys(value).map((key) => [key, stageOrder(value[key] ?? null)] as const);
  const holdsStages = Object.values(value).every(
    (member) =>
      isJsonObject(member) && (Object.hasOwn(member, "component") || Object.hasOwn(member, "component_type")),
  );
  return holdsStages ? entries : entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
