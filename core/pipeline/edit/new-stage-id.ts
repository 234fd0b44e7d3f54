import { expressionRoots } from "../expression-roots.ts";
import type { PipelineDocument } from "../model.ts";
import { STAGE_ID } from "../stage/allowed-values.ts";
import { parseComponentType } from "../stage/component-type.ts";
import { fieldNamed, fieldsOf } from "../stage/field-reader.ts";
import { isDigit } from "./characters.ts";

/**
 * An id for a new stage of a component: its type, with a number where that is taken, spelled as the ids of the file
 * are. Inside a body it is unique in the whole file too, so that no name hides another.
 */
export function newStageId(document: PipelineDocument, componentType: string): string {
  return uniqueStageId(document, idFromType(document, componentType));
}

/**
 * The id if it is free, else with the first number that makes it so; `others` are taken too. For a stage that is
 * written inside another (`body`), a name is free where only bodies beside that one have it.
 */
export function uniqueStageId(
  document: PipelineDocument,
  wanted: string,
  others: ReadonlySet<string> = new Set(),
  body: string | null = null,
): string {
  const [id = wanted] = uniqueStageIds(document, [wanted], others, body).values();
  return id;
}

/** The same for several: an id for each that is free and that none of the others gets, by the one that is wanted. */
export function uniqueStageIds(
  document: PipelineDocument,
  wanted: Iterable<string>,
  others: ReadonlySet<string> = new Set(),
  body: string | null = null,
): ReadonlyMap<string, string> {
  const taken = takenIds(document, body);
  const given = new Set<string>();
  const isFree = (id: string): boolean => !taken.has(id) && !others.has(id) && !given.has(id);
  // Numbers below are taken already, so that many stages of one name do not count from the start each.
  const numbers = new Map<string, number>();
  const freeId = (id: string): string => {
    if (isFree(id)) return id;
    // After a hyphen, a number would be subtracted where the id stands for itself in an expression.
    const base = withoutNumber(id);
    const joint = base.includes("-") && !base.includes("_") ? "" : "_";
    for (let number = numbers.get(base) ?? 2; ; number += 1) {
      const numbered = `${base}${joint}${number}`;
      if (!isFree(numbered)) continue;
      numbers.set(base, number);
      return numbered;
    }
  };
  const ids = new Map<string, string>();
  for (const id of wanted) {
    const free = freeId(id);
    given.add(free);
    ids.set(id, free);
  }
  return ids;
}

/** The id without the number at its end and what joins that to it. */
function withoutNumber(id: string): string {
  let end = id.length;
  while (end > 0 && isDigit(id.charCodeAt(end - 1))) end -= 1;
  if (end < id.length && id.charAt(end - 1) === "_") end -= 1;
  return end === 0 ? id : id.slice(0, end);
}

/** Any text as one word of letters, digits and single `_` that begins with a letter; empty where it has none. */
export function wordOf(text: string): string {
  const parts = text.split(/[^A-Za-z0-9]+/).filter((part) => part !== "");
  return parts.join("_").replace(/^[^A-Za-z]+/, "");
}

/** Why a stage cannot have this id; null when it can. */
export function whyNotId(document: PipelineDocument, id: string): string | null {
  if (!STAGE_ID.test(id)) {
    return `The id ${JSON.stringify(id)} cannot be used in expressions. Start with a letter, then use letters, digits, _ and -.`;
  }
  if (expressionRoots.has(id)) return `"${id}" means something else in every expression. Choose another id.`;
  return takenIds(document).has(id) ? `There is a stage "${id}" already. Choose another id.` : null;
}

/** Every name that means a stage from a body or inside it, or is one's of the parent as far as this file tells. */
function takenIds({ pipeline }: PipelineDocument, body: string | null = null): ReadonlySet<string> {
  const isBeside = (nestedIn: string): boolean =>
    body !== null && !`${body}/`.startsWith(`${nestedIn}/`) && !nestedIn.startsWith(`${body}/`);
  const compositions = fieldNamed(pipeline.fields, "compositions")?.value;
  const composed = compositions?.kind === "array" ? compositions.items : [];
  return new Set([
    ...expressionRoots,
    ...pipeline.stages.flatMap(({ id, nestedIn }) =>
      nestedIn !== null && isBeside(nestedIn) ? [] : [id, id.slice(id.lastIndexOf("/") + 1)],
    ),
    ...pipeline.overrides.map(({ key }) => key),
    ...composed.flatMap((item) => {
      const id = fieldNamed(fieldsOf(item), "id")?.value;
      return id?.kind === "string" ? [id.value] : [];
    }),
  ]);
}

function idFromType({ pipeline }: PipelineDocument, componentType: string): string {
  const { type } = parseComponentType(componentType);
  const last = type.slice(Math.max(type.lastIndexOf("/"), type.lastIndexOf(".")) + 1);
  const snake = wordOf(last);
  const ids = pipeline.stages.map(({ id }) => id);
  const isKebab = ids.some((id) => id.includes("-")) && !ids.some((id) => id.includes("_"));
  if (snake === "") return "stage";
  return isKebab ? snake.replaceAll("_", "-") : snake;
}
