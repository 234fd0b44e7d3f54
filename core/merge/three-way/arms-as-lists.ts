import { ARM_KEYS, type JsonValue } from "#core/pipeline";
import type { At, Three } from "./merging.ts";

type List = readonly JsonValue[];

/**
 * The three lists of stages that stand in a branch, where some write its one stage as a text and others as a list: both
 * say the same. Null where nobody does, or a template says which stage it is.
 */
export function armsAsLists(
  at: At,
  { base, ours, theirs }: Three<JsonValue | undefined>,
): Three<List> | null {
  if (!isArm(at) || ours === undefined || theirs === undefined) return null;
  const values = [base ?? [], ours, theirs];
  if (!values.some((value) => typeof value === "string") || !values.some(Array.isArray)) return null;
  const [old, own, other] = values.map(asList);
  return old && own && other ? { base: old, ours: own, theirs: other } : null;
}

function asList(value: JsonValue): List | null {
  if (typeof value === "string") return value.includes("{{") ? null : [value];
  return Array.isArray(value) ? value : null;
}

/** Names that mean branches whatever the component is; `stages` is many a thing. */
function isArm({ stage, path }: At): boolean {
  const [above = "", last = ""] = path.slice(-2);
  if (stage === null) return false;
  const key = path.length === 1 ? above : last;
  return (ARM_KEYS.has(key) && key !== "stages") || above === "routes" || above === "branches";
}
