import { stageById } from "../../document/locate.ts";
import { inheritingOf } from "../../inheritance/with-parent.ts";
import type { PipelineDocument } from "../../model.ts";
import { disableInherited } from "../disable-inherited.ts";
import type { EditResult } from "../edit-result.ts";
import { type EditStep, inSteps } from "../in-steps.ts";
import { setEnabled } from "../set-enabled.ts";
import { setValue } from "../set-value.ts";
import { unsetValue } from "../unset-value.ts";

/** Switches stages on or off, those of the parent in `overrides`, where nothing is said that the parent says already. */
export function enableInherited(
  document: PipelineDocument,
  parent: PipelineDocument,
  ids: readonly string[],
  state: "on" | "off",
): EditResult {
  const inherited = [...new Set(ids)].filter((id) =>
    ["inherited", "overridden"].includes(inheritingOf(document, parent, id)),
  );
  const isAsParent = (id: string): boolean => stageById(parent, id)?.enabled === (state === "on");
  const back = inherited.filter(isAsParent);
  const changed = inherited.filter((id) => !isAsParent(id));
  return inSteps(document, [
    (current) =>
      setEnabled(
        current,
        ids.filter((id) => !inherited.includes(id)),
        state,
      ),
    ...back.map(
      (id): EditStep =>
        (current) =>
          unsetValue(current, null, ["overrides", id, "enabled"]),
    ),
    ...(state === "off"
      ? [(current: PipelineDocument) => disableInherited(current, changed)]
      : changed.map(
          (id): EditStep =>
            (current) =>
              setValue(current, null, ["overrides", id, "enabled"], true),
        )),
  ]);
}
