import { isTemplate, parseTemplate, references } from "#core/expressions";
import { nodeToJson, type PipelineDocument, stageById } from "#core/pipeline";
import type { CanvasProblem } from "#protocol";
import type { StageItem } from "./outline.ts";

/** The check that compares what a stage reads with what its input takes (`type-mismatch`). */
export const TYPE_MISMATCH = "FM1220";

/**
 * What the checks say of a value that `target` reads of `source` and that its input cannot take; null where all fits,
 * or nothing is read.
 */
export function unfitValue(
  document: PipelineDocument,
  problems: readonly CanvasProblem[],
  source: StageItem,
  target: StageItem,
): string | null {
  const found = problems.find(
    (problem) =>
      problem.code === TYPE_MISMATCH &&
      problem.stage === target.card.id &&
      readsOf(textAt(document, problem), problem.within, source.card.id),
  );
  return found?.message ?? null;
}

function readsOf(text: string, within: CanvasProblem["within"], id: string): boolean {
  if (!isTemplate(text)) return false;
  return references(parseTemplate(text)).some(({ root, path: [name], start, end }) => {
    const isHere = within === null || (start < within.to && end > within.from);
    const named = root === "upstream" || root === "stages" ? name : root;
    // In the map dialect a stage is named by the last part of its id.
    return isHere && typeof named === "string" && (named === id || id.endsWith(`/${named}`));
  });
}

function textAt(document: PipelineDocument, { stage, path }: CanvasProblem): string {
  const [key, ...inner] = path;
  const field = stageById(document, stage ?? "")?.fields.findLast((each) => each.key === key);
  let value: unknown = field === undefined ? undefined : nodeToJson(field.value);
  for (const step of inner) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return "";
    // It is an object that has the key; an index of a list is a key of it too.
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return typeof value === "string" ? value : "";
}
