import { isJsonObject, type JsonValue, pipelineAliases, sameJson } from "#core/pipeline";
import { COMPONENT, INPUTS } from "../content/spelling.ts";
import type { Change, ValueChanged } from "./change.ts";

/**
 * Changes of which those have `spelling` for a topic that only write the same in other words: a field under the name that
 * another dialect has for it, a stage as `stages.a` or `upstream.a`, a component with `-` or `_`.
 */
export function withSpellings(changes: readonly Change[]): readonly Change[] {
  const gone = new Map<string, ValueChanged>();
  for (const change of changes)
    if (change.kind === "value-changed" && change.after === undefined) {
      const field = fieldOf(change);
      if (field !== null) gone.set(field.address, change);
    }
  const spellings = new Set<Change>();
  for (const change of changes) {
    if (change.kind !== "value-changed" || change.after === undefined) continue;
    const field = fieldOf(change);
    const old = change.before === undefined ? gone.get(field?.address ?? "") : change;
    const plain = field?.plain ?? plainReferences;
    if (old?.before === undefined || !sameJson(plain(old.before), plain(change.after))) continue;
    spellings.add(old);
    spellings.add(change);
  }
  if (spellings.size === 0) return changes;
  return changes.map((change) =>
    change.kind === "value-changed" && spellings.has(change) ? { ...change, topic: "spelling" } : change,
  );
}

/** A field that has several names: where it is under any of them, and its value without what may be written otherwise. */
interface SpelledField {
  readonly address: string;
  readonly plain: (value: JsonValue) => JsonValue;
}

function fieldOf({ stage, path }: ValueChanged): SpelledField | null {
  const [key = "", ...below] = path;
  if (below.length > 0) return null;
  const field = (name: string, plain: SpelledField["plain"]): SpelledField => ({
    address: JSON.stringify([stage, name]),
    plain,
  });
  if (stage === null) {
    const canonical = pipelineAliases.get(key) ?? key;
    return [...pipelineAliases.values()].includes(canonical) ? field(canonical, plainReferences) : null;
  }
  if (COMPONENT.includes(key)) return field("component", plainComponent);
  return INPUTS.includes(key) ? field("inputs", plainReferences) : null;
}

function plainComponent(value: JsonValue): JsonValue {
  return typeof value === "string" ? value.replaceAll("-", "_") : value;
}

/** A value with one of the two names for what stages gave. What stands in quotes may be no name, and stays. */
function plainReferences(value: JsonValue): JsonValue {
  if (typeof value === "string")
    return value.replace(TEMPLATE, (template) => template.replaceAll(STAGES, "upstream."));
  if (Array.isArray(value)) return value.map(plainReferences);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plainReferences(member)]));
}

// Without a brace inside: of many that are never closed, each would else be looked for to the end.
const TEMPLATE = /\{\{[^'"{}]*\}\}/g;
const STAGES = /(?<![\w.])stages\./g;
