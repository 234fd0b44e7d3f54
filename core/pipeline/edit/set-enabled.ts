import { stageById } from "../document/locate.ts";
import type { PipelineDocument } from "../model.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import { disableInherited } from "./disable-inherited.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { atOnce, type EditStep, inSteps } from "./in-steps.ts";
import { setValue } from "./set-value.ts";
import { unsetValue } from "./unset-value.ts";

/**
 * Switches stages off (`enabled: false`, so that a run skips them) or on again, where nothing is said. Those of the
 * parent pipeline are switched in `overrides`.
 */
export function setEnabled(
  document: PipelineDocument,
  ids: readonly string[],
  state: "on" | "off",
): EditResult {
  const unique = [...new Set(ids)];
  const isOwn = (id: string): boolean => stageById(document, id) !== undefined;
  const inherited = unique.filter((id) => !isOwn(id));
  const [unknown] = inherited;
  if (unknown !== undefined && document.pipeline.extends === null) {
    return refuse(`There is no stage "${unknown}" in this file.`);
  }
  const own = unique.filter(isOwn).map(
    (id): EditStep =>
      (current) =>
        switchOne(current, id, state),
  );
  return inSteps(document, [
    // A stage that is written inside another lies within one of the other's properties, which none of this is about.
    (current) => atOnce(current, own),
    (current) => switchInherited(current, inherited, state),
  ]);
}

function switchOne(document: PipelineDocument, id: string, state: "on" | "off"): EditResult {
  const stage = stageById(document, id);
  if (stage === undefined || stage.enabled === (state === "on")) return done([]);
  const isWritten = fieldNamed(stage.fields, "enabled") !== undefined;
  if (state === "off") return setValue(document, id, ["enabled"], false);
  return isWritten ? unsetValue(document, id, ["enabled"]) : done([]);
}

function switchInherited(
  document: PipelineDocument,
  ids: readonly string[],
  state: "on" | "off",
): EditResult {
  if (ids.length === 0) return done([]);
  if (state === "off") return disableInherited(document, ids);
  return inSteps(
    document,
    ids.map(
      (id): EditStep =>
        (current) =>
          unsetValue(current, null, ["overrides", id, "enabled"]),
    ),
  );
}
