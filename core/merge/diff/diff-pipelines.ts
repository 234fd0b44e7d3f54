import { commonStages, withoutStages } from "../content/common-stages.ts";
import type { PipelineText } from "../content/read-alike.ts";
import { readText } from "../content/read-text.ts";
import { alignTo } from "../match/align.ts";
import { matchStages } from "../match/match-stages.ts";
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

/** {@link diffPipelines} of texts that have been read. */
export function diffRead(before: PipelineText, after: PipelineText): PipelineDiff {
  if (before.text === after.text) return { changes: [], keys: new Map() };
  return diffOtherwise(before, after) ?? diffWhole(before, after);
}

/**
 * What {@link diffWhole} gives, made of what is not written alike; null where a stage has another name, since that may be
 * in any other.
 */
function diffOtherwise(before: PipelineText, after: PipelineText): PipelineDiff | null {
  const moved = movedOnTop(before, after);
  if (moved === null) return null;
  const common = commonStages(
    before,
    [{ side: after, isInOrder: ({ key }) => !moved.has(key) }],
    // What waits for a stage helps to know it again.
    (loose) =>
      ({ value }) =>
        dependenciesOf(value).some((id) => loose.has(id)),
  );
  const [old, now] = [withoutStages(before.content, common), withoutStages(after.content, common)];
  for (const [from, to] of matchStages(old, now).to) if (from !== to) return null;
  return { changes: withBranches(diffContents(old, now, moved), before.text, after.text), keys: new Map() };
}

function diffWhole(before: PipelineText, after: PipelineText): PipelineDiff {
  const { content, text, renames, keys } = alignTo(before, after.content);
  const renamed = renames.map(({ from, to }): Change => ({ kind: "stage-renamed", stage: to, from }));
  const changes = diffContents(content, after.content, null);
  return { changes: [...renamed, ...withBranches(changes, text, after.text)], keys };
}

/** The stages of a list that have moved, by their keys, as long as none has another name. */
function movedOnTop(before: PipelineText, after: PipelineText): ReadonlySet<string> | null {
  if (before.written === null || after.written === null || after.written.inLike === null) return null;
  const { stages, inLike } = after.written;
  const here = stages.filter((_, at) => (inLike[at] ?? -1) >= 0);
  const moved = movedAmong(inLike.filter((place) => place >= 0));
  return new Set(here.flatMap(({ key }, index) => (moved.has(index) ? [key] : [])));
}

/** Where a list of some branch has changed, both texts have to be read to know what that means. */
function withBranches(changes: readonly Change[], before: string, after: string): readonly Change[] {
  const changesBranches = changes.some(
    (change) => change.kind === "value-changed" && change.topic === "branches",
  );
  return changesBranches ? [...changes, ...branchMoves(before, after)] : changes;
}
