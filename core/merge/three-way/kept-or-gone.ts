import type { StageContent } from "../content/content.ts";
import { addressOf, type Side } from "./decision.ts";
import type { Merging } from "./merging.ts";

/**
 * A stage that one side removed, and of which the other changed nothing but its id or where it is drawn, is gone; somebody
 * may decide otherwise.
 */
export function keptOrGone(
  merging: Merging,
  key: string,
  base: StageContent,
  kept: StageContent | undefined,
  side: Side,
): StageContent | undefined {
  const oldId = merging.renamedAndRemoved.get(key);
  const isDrawnElsewhere = kept !== undefined && !merging.same(base.value, kept.value);
  if (oldId === undefined && !isDrawnElsewhere) return undefined;
  const [one, other] = side === "theirs" ? ["Ours", "theirs"] : ["Theirs", "ours"];
  const did = oldId === undefined ? "moved it where it is drawn" : `renamed it from "${oldId}"`;
  const choice = merging.choiceOf(addressOf(key, []));
  merging.decisions.push({
    id: addressOf(key, []),
    state: choice === undefined ? "automatic" : "chosen",
    reason: oldId === undefined ? "layout" : "changed-and-removed",
    stage: key,
    path: [],
    base: base.value,
    ours: side === "ours" ? kept?.value : undefined,
    theirs: side === "theirs" ? kept?.value : undefined,
    message: `${one} removed the stage "${key}", and ${other} only ${did}; it is gone.`,
    resolutions: ["ours", "theirs"],
  });
  return choice === side ? kept : undefined;
}
