import type { PipelineDocument } from "../model.ts";
import { type ObjectPlace, removeProperties } from "./edit-properties.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { findValue } from "./find-value.ts";

/**
 * Takes away what stands at a path of a stage, or of the pipeline where `stage` is null. An object that is empty then
 * goes too, except the one that a stage's inputs are in: an empty `config` is what a new stage has.
 */
export function unsetValue(
  document: PipelineDocument,
  stage: string | null,
  path: readonly string[],
): EditResult {
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    const key = path[depth] ?? "";
    const found = findValue(document, stage, path.slice(0, depth));
    if (!found.ok) return found;
    const { node, base, missing } = found;
    if (missing.length > 0) return done([]);
    if (node.kind !== "object") return refuse(`"${path.slice(0, depth).join(".")}" is no object in { }.`);
    const leavesNothing = node.properties.every((property) => property.key === key);
    if (leavesNothing && depth > 0 && !(depth === 1 && path[0] === "config")) continue;
    const place: ObjectPlace = { node, base };
    return done(removeProperties(document.text, place, (field) => field.key === key));
  }
  return refuse("A path has at least one key.");
}
