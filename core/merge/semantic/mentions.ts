import { isTemplate, parseExpression, parseTemplate, references } from "#core/expressions";
import { armAt, isJsonObject, type JsonValue } from "#core/pipeline";
import type { StageContent } from "../content/content.ts";
import { componentOf } from "../match/stage-features.ts";

/** A stage that another names, and where: the path of a list, or of a text. */
export interface Mention {
  readonly id: string;
  readonly path: readonly string[];
  readonly kind: "depends-on" | "arm" | "expression";
}

/** What stages are called. */
export type Names = Pick<ReadonlySet<string>, "has">;

const EXPRESSIONS = new Set(["when", "skip_if", "condition", "expression", "filter_condition"]);

/** Every stage that a stage names: those it waits for, those it owns or enables, those its expressions read. */
export function mentionsOf(stage: StageContent, names: Names): readonly Mention[] {
  return mentioned(stage, names, addReferences);
}

/** The stages that a stage waits for, owns or enables: those of {@link mentionsOf} for which no expression is read. */
export function linksOf(stage: StageContent, names: Names): readonly Mention[] {
  return mentioned(stage, names, () => {});
}

/**
 * Those of {@link mentionsOf} that one of some others, which are the same stage elsewhere, may not have: what is written
 * alike in all of them is left out, unless it names one of `loose`, which are not known everywhere.
 */
export function mentionsBeside(
  stage: StageContent,
  names: Names,
  others: readonly (StageContent | undefined)[],
  loose: Names,
): readonly Mention[] {
  const isInAll = (path: readonly string[], text: string): boolean =>
    others.every((other) => other !== undefined && valueAt(other.value, path) === text);
  const found = mentioned(stage, names, (list, all, path, text, form) =>
    addReferences(list, isInAll(path, text) ? loose : all, path, text, form),
  );
  const links = others.map((other) => (other === undefined ? [] : linksOf(other, names)));
  return found.filter(
    ({ id, kind }) =>
      kind === "expression" ||
      loose.has(id) ||
      !links.every((list) => list.some((each) => each.id === id && each.kind === kind)),
  );
}

/** What stands at a path of members; undefined where nothing does. */
export function valueAt(top: JsonValue, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = top;
  for (const key of path) value = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

/**
 * Every stage that a stage may name: those of {@link mentionsOf}, and what merely is a word of a text with expressions.
 * To read no expression takes a tenth of the time.
 */
export function wordsOf(stage: StageContent, names: Names): readonly Mention[] {
  return mentioned(stage, names, addWords);
}

/** Notes what a text with expressions names. */
type Reader = (
  found: Mention[],
  names: Names,
  path: readonly string[],
  text: string,
  form: "expression" | "template",
) => void;

function mentioned(stage: StageContent, names: Names, read: Reader): readonly Mention[] {
  const found: Mention[] = [];
  const component = componentOf(stage);
  const kindOf = (path: readonly string[]): "depends-on" | "arm" | null =>
    path.at(-1) === "depends_on" ? "depends-on" : armAt(component, path) !== null ? "arm" : null;
  const walk = (path: readonly string[], value: JsonValue): void => {
    if (isJsonObject(value)) {
      for (const [name, member] of Object.entries(value)) walk([...path, name], member);
      return;
    }
    const kind = kindOf(path);
    if (typeof value === "string") {
      if (kind !== null && names.has(value)) found.push({ id: value, path, kind });
      else if (EXPRESSIONS.has(path.at(-1) ?? "")) read(found, names, path, value, "expression");
      else if (isTemplate(value)) read(found, names, path, value, "template");
    } else if (Array.isArray(value)) {
      for (const item of value) {
        if (kind === null || typeof item !== "string") walk(path, item);
        else if (names.has(item)) found.push({ id: item, path, kind });
      }
    }
  };
  walk([], stage.value);
  return found;
}

const addReferences: Reader = (found, names, path, text, form) => {
  // A quick look: most texts name none of a few stages.
  if (wordsIn(text, names).next().done === true) return;
  const parsed = form === "expression" ? parseExpression(text) : parseTemplate(text);
  for (const { root, path: steps } of references(parsed)) {
    const id = root === "upstream" || root === "stages" ? steps[0] : root;
    if (typeof id === "string" && names.has(id)) found.push({ id, path, kind: "expression" });
  }
};

const addWords: Reader = (found, names, path, text) => {
  for (const id of wordsIn(text, names)) found.push({ id, path, kind: "expression" });
};

function* wordsIn(text: string, names: Names): Iterable<string> & Iterator<string> {
  for (const [word] of text.matchAll(/[A-Za-z][\w-]*/g)) if (names.has(word)) yield word;
}
