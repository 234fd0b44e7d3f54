import { isJsonObject, type JsonValue } from "#core/pipeline";

/** The stages that a stage says it waits for, as it spells them. */
export function awaitedBy(stage: JsonValue): readonly string[] {
  const list = isJsonObject(stage) && Object.hasOwn(stage, "depends_on") ? stage["depends_on"] : undefined;
  return Array.isArray(list) ? list.filter((each) => typeof each === "string") : [];
}
