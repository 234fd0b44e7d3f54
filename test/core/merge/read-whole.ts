import { readText } from "../../../core/merge/content/read-text.ts";
import { withoutCommon } from "../../../core/merge/three-way/without-common.ts";

/** The same text, of which every stage is read, whether it was changed or not. */
export const readWhole = (text: string): string => `${text}\n// A comment is more than JSON.`;

/** Whether a merge leaves out some of what the three have in common. */
export function leavesOut(base: string, ours: string, theirs: string): boolean {
  const old = readText(base);
  if (!old.ok) return false;
  const [own, other] = [readText(ours, old.pipeline), readText(theirs, old.pipeline)];
  return (
    own.ok &&
    other.ok &&
    withoutCommon({ base: old.pipeline, ours: own.pipeline, theirs: other.pipeline }) !== null
  );
}
