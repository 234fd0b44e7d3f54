import { type Field, fieldNamed, type JsonNode, type Span, type Stage } from "#core/pipeline";
import { type CheckRule, ruleOf } from "./rules.ts";

/** The key, of a stage or of the pipeline, that lists the rules which say nothing there. */
export const suppressionKey = "$ignore";

/** An entry of `$ignore`. Spans as in the fields it was read from. */
export interface Suppression {
  /** As it is written: a code, or a name. */
  readonly written: string;
  /** Undefined where no rule is called that. */
  readonly rule: CheckRule | undefined;
  /** Why, where the file says so. */
  readonly reason: string | null;
  readonly span: Span;
}

/** What `$ignore` says, and values in it that say nothing. */
export interface Suppressions {
  readonly entries: readonly Suppression[];
  readonly unreadable: readonly JsonNode[];
}

const none: Suppressions = { entries: [], unreadable: [] };

const known = new WeakMap<Stage, Suppressions>();

/** What the `$ignore` of a stage says. */
export function suppressionsOf(stage: Stage): Suppressions {
  let suppressions = known.get(stage);
  if (suppressions === undefined) {
    suppressions = readSuppressions(stage.fields);
    known.set(stage, suppressions);
  }
  return suppressions;
}

/** Reads `$ignore`: a list of rules, or an object whose keys are rules and whose values say why. */
export function readSuppressions(fields: readonly Field[]): Suppressions {
  const value = fieldNamed(fields, suppressionKey)?.value;
  if (value === undefined) return none;
  if (value.kind === "array") {
    const texts = value.items.filter((item) => item.kind === "string");
    return {
      entries: texts.map((item) => ({
        written: item.value,
        rule: ruleOf(item.value),
        reason: null,
        span: item.span,
      })),
      unreadable: value.items.filter(({ kind }) => kind !== "string" && kind !== "error"),
    };
  }
  if (value.kind !== "object") return { entries: [], unreadable: value.kind === "error" ? [] : [value] };
  return {
    entries: value.properties.map(({ key, keySpan, value: reason }) => ({
      written: key,
      rule: ruleOf(key),
      reason: reason.kind === "string" && reason.value.trim() !== "" ? reason.value : null,
      span: keySpan,
    })),
    unreadable: value.properties
      .map((property) => property.value)
      .filter(({ kind }) => kind !== "string" && kind !== "null" && kind !== "error"),
  };
}
