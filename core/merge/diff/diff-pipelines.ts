import { commonStages, withoutStages } from "../content/common-stages.ts";
import type { PipelineText } from "../content/read-alike.ts";
import { readText } from "../content/read-text.ts";
import { alignTo } from "../match/align.ts";
import { dependenciesOf } from "../match/stage-features.ts";
import { movedAmong } from "../order/longest-increasing.ts";
import { branchMoves } from "./branch-moves.ts";
import type { Change, PipelineDiff } from "./change.ts";
import { diffContents } from "./diff-contents.ts";

/** A diff, or which of the two texts is no pipeline and why. */
export type DiffResult =
  | { readonly ok: true; readonly diff: PipelineDiff }
  | { readonly ok: false; readonly side: "before" | "after"; readonly message: string };

/**
 * What is different between two pipelines: stages that came, went, have another id or another place, and values by their
 * paths. How they are laid out, and the order of keys, makes no difference.
 */
export function diffPipelines(before: string, after: string): DiffResult {
  const old = readText(before);
  if (!old.ok) return { ok: false, side: "before", message: old.message };
  const now = readText(after, old);
  if (!now.ok) return { ok: false, side: "after", message: now.message };
  return { ok: true, diff: diffRead(old, now) };
}

/** Whether a list of some branch has changed, which has to be read to know what that means. */
function changesBranches(change: Change): boolean {
  return change.kind === "value-changed" && change.topic === "branches";
}

/** {@link diffPipelines} of texts that have been read. */
export function diffRead(before: PipelineText, after: PipelineText): PipelineDiff {
  if (before.text === after.text) return { changes: [], keys: new Map() };
  const moved = movedOnTop(before, after);
  if (moved !== null) {
    const common = commonStages(
      before,
      [{ side: after, isInOrder: ({ key }) => !moved.has(key) }],
      // What waits for a stage helps to know it again.
      (loose) =>
        ({ value }) =>
          dependenciesOf(value).some((id) => loose.has(id)),
    );
    const diff = diffAligned(withoutStages(before, common), withoutStages(after, common), moved);
    // A stage with another name is named by others, and may be known by where it stands.
    if (diff.keys.size === 0) return diff;
  }
  return diffAligned(before, after, null);
}

/** The stages of a list of stages that have moved, by their keys, as long as none of them has another name. */
function movedOnTop(before: PipelineText, after: PipelineText): ReadonlySet<string> | null {
  const { stages, inLike } = after.written ?? { stages: [], inLike: null };
  if (before.written === null || inLike === null) return null;
  const here = stages.filter((_, at) => (inLike[at] ?? -1) >= 0);
  const moved = movedAmong(inLike.filter((place) => place >= 0));
  return new Set(here.flatMap(({ key }, index) => (moved.has(index) ? [key] : [])));
}

function diffAligned(
  before: PipelineText,
  after: PipelineText,
  moved: ReadonlySet<string> | null,
): PipelineDiff {
  const { content, text, renames, keys } = alignTo(before, after.content);
  const renamed = renames.map(({ from, to }): Change => ({ kind: "stage-renamed", stage: to, from }));
  const changes = diffContents(content, after.content, moved);
  const branches = changes.some(changesBranches) ? branchMoves(text, after.text) : [];
  return { changes: [...renamed, ...changes, ...branches], keys };
}
