import type { Binding, StageBinding } from "../scope.ts";
import type { Expression } from "../syntax/expression.ts";
import { nearest } from "../syntax/nearest.ts";
import type { Value } from "../value.ts";
import { sourceOf } from "./source-of.ts";
import { describe, isList, isObject } from "./values.ts";

/** Messages for paths that lead to nothing: what is there, and what was probably meant. */

/** Why a name stands for nothing, with the nearest of `names`. */
export function explainName(name: string, names: Iterable<string>): string {
  const all = take(names);
  // `step-1` is a subtraction outside of `upstream.` and `stages.`.
  const numbered = all.find((each) => each.startsWith(`${name}-`) && /^\d/.test(each.slice(name.length + 1)));
  if (numbered !== undefined) {
    return `Nothing here is called "${name}"; for the stage "${numbered}" write upstream.${numbered}.`;
  }
  const suggestion = nearest(name, all);
  if (suggestion !== undefined) return `Nothing here is called "${name}". Did you mean "${suggestion}"?`;
  return `Nothing here is called "${name}"; to write a text, quote it: '${name}'.`;
}

/** Why a value has no such key. */
export function explainMember(value: Value, key: string, object: Expression): string {
  if (value === null) return explainNull(`"${key}"`, object);
  const source = sourceOf(object);
  if (isList(value)) {
    return `${source} is ${describe(value)} and has no "${key}"; take one item, as in ${source}[0].${key}, or all: [item.${key} for item in ${source}].`;
  }
  if (!isObject(value)) return `${source} is ${describe(value)} and has no "${key}".`;
  return `${source} has no "${key}".${hintFor(key, Object.keys(value))}`;
}

/** Why a value has no such item; `index` is as written, from the end where it is negative. */
export function explainItem(value: Value, index: number, object: Expression): string {
  if (value === null) return explainNull(`item ${index}`, object);
  const source = sourceOf(object);
  if (isList(value)) return `${source} has no item ${index}: ${countOf(value.length, "item")}.`;
  if (typeof value === "string")
    return `${source} has no character ${index}: ${countOf(value.length, "character")}.`;
  return `${source} is ${describe(value)} and has no item ${index}.`;
}

/** Why null has nothing inside; `what` is what was asked for. */
export function explainNull(what: string, object: Expression): string {
  return `${sourceOf(object)} is null and has no ${what}; write ?. or ?? if that may be.`;
}

/** Why a stage has no such output. */
export function explainStage(stage: StageBinding, key: string): string {
  if (stage.output === null) {
    return `The output of stage "${stage.id}" is null and has no "${key}"; write ?. or ?? if that may be.`;
  }
  const fields = isObject(stage.output) ? Object.keys(stage.output) : [];
  return `Stage "${stage.id}" has no output "${key}".${hintFor(key, [...fields, ...Object.keys(stage.aliases), "output"])}`;
}

/** Why a root such as `env` has no such name. */
export function explainNamespace(
  binding: Extract<Binding, { kind: "namespace" }>,
  key: string,
  object: Expression,
): string {
  return `There is no "${key}" in ${sourceOf(object)}.${hintFor(key, binding.names())}`;
}

/** The nearest name, or what there is when that is little. */
export function hintFor(name: string, names: Iterable<string>): string {
  const all = take(names);
  const suggestion = nearest(name, all);
  if (suggestion !== undefined) return ` Did you mean "${suggestion}"?`;
  if (all.length === 0) return " It has no names at all.";
  return all.length <= MAX_SHOWN ? ` It has ${all.map((each) => `"${each}"`).join(", ")}.` : "";
}

const MAX_SHOWN = 8;
const MAX_NAMES = 2000;

function take(names: Iterable<string>): readonly string[] {
  const taken: string[] = [];
  for (const name of names) if (taken.push(name) === MAX_NAMES) break;
  return taken;
}

function countOf(count: number, kind: string): string {
  if (count === 0) return "it is empty";
  return count === 1 ? `it has 1 ${kind}` : `it has ${count} ${kind}s`;
}
