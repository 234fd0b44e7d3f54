import type { JsonValue } from "#core/pipeline";
import { awaitedBy } from "../content/awaited-by.ts";
import { leaveOutCommon } from "../content/common-stages.ts";
import { mayHaveLongNumbers, shownLongNumbers, withLongNumbersAsTexts } from "../content/long-numbers.ts";
import type { PipelineText } from "../content/read-alike.ts";
import { readText } from "../content/read-text.ts";
import { alignTo } from "../match/align.ts";
import { matchStages } from "../match/match-stages.ts";
import { movedAmong } from "../order/longest-increasing.ts";
import { branchMoves } from "./branch-moves.ts";
import type { Change, PipelineDiff } from "./change.ts";
import { diffContents } from "./diff-contents.ts";
import { withSpellings } from "./spellings.ts";

/** A diff, or which of the two texts is no pipeline and why. */
export type DiffResult =
  | { readonly ok: true; readonly diff: PipelineDiff }
  | { readonly ok: false; readonly side: "before" | "after"; readonly message: string };

/**
 * What is different between two pipelines: stages that came, went, have another id or another place, and values by their
 * paths. How they are laid out, and the order of keys, makes no difference.
 */
export function diffPipelines(before: string, after: string): DiffResult {
  if (before === after || ![before, after].some(mayHaveLongNumbers)) return diffTexts(before, after);
  const result = diffTexts(withLongNumbersAsTexts(before), withLongNumbersAsTexts(after));
  // What is wrong with a text is told of it as it is.
  if (!result.ok) return diffTexts(before, after);
  return { ok: true, diff: { ...result.diff, changes: result.diff.changes.map(withDigits) } };
}

/** A change with the digits of long numbers as texts. */
function withDigits(change: Change): Change {
  const shown = (value: JsonValue | undefined): JsonValue | undefined =>
    value === undefined ? undefined : shownLongNumbers(value);
  if (change.kind === "value-changed")
    return { ...change, before: shown(change.before), after: shown(change.after) };
  return "value" in change ? { ...change, value: shownLongNumbers(change.value) } : change;
}

function diffTexts(before: string, after: string): DiffResult {
  const old = readText(before);
  if (!old.ok) return { ok: false, side: "before", message: old.message };
  const now = readText(after, old.pipeline);
  if (!now.ok) return { ok: false, side: "after", message: now.message };
  return { ok: true, diff: diffRead(old.pipeline, now.pipeline) };
}

/** {@link diffPipelines} of texts that have been read. */
export function diffRead(before: PipelineText, after: PipelineText): PipelineDiff {
  if (before.text === after.text) return { changes: [], keys: new Map() };
  const { changes, keys } = diffOtherwise(before, after) ?? diffWhole(before, after);
  return { changes: withSpellings(changes), keys };
}

/**
 * What {@link diffWhole} gives, made of what is not written alike; null where a stage has another name, since that may be
 * in any other.
 */
function diffOtherwise(before: PipelineText, after: PipelineText): PipelineDiff | null {
  if (before.written === null || after.written === null || after.written.inLike === null) return null;
  const { items, inLike } = after.written;
  const moved = movedPlaces(inLike);
  const { contents } = leaveOutCommon(
    before.written,
    [{ side: after.written, isInOrder: (at) => !moved.has(at) }],
    // What waits for a stage helps to know it again.
    (loose) =>
      ({ json }) =>
        loose.size > 0 && awaitedBy(json).some((id) => loose.has(id)),
  );
  const [old, now] = contents;
  if (old === undefined || now === undefined) return null;
  for (const [from, to] of matchStages(old, now).to) if (from !== to) return null;
  const movedIds = new Set([...moved].map((at) => items[at]?.id ?? ""));
  const changes = diffContents(old, now, movedIds);
  return { changes: withBranches(changes, before.text, after.text), keys: new Map() };
}

/** The places of the stages that have moved among those that are in both. */
function movedPlaces(inLike: Int32Array): ReadonlySet<number> {
  const here: number[] = [];
  for (let at = 0; at < inLike.length; at += 1) if ((inLike[at] ?? -1) >= 0) here.push(at);
  const moved = movedAmong(here.map((at) => inLike[at] ?? -1));
  return new Set([...moved].map((index) => here[index] ?? -1));
}

function diffWhole(before: PipelineText, after: PipelineText): PipelineDiff {
  const { content, text, renames, keys } = alignTo(before, after.content);
  const renamed = renames.map(({ from, to }): Change => ({ kind: "stage-renamed", stage: to, from }));
  const changes = diffContents(content, after.content, null);
  return { changes: [...renamed, ...withBranches(changes, text, after.text)], keys };
}

/** Where a list of some branch has changed, both texts have to be read to know what that means. */
function withBranches(changes: readonly Change[], before: string, after: string): readonly Change[] {
  const changesBranches = changes.some(
    (change) => change.kind === "value-changed" && change.topic === "branches",
  );
  return changesBranches ? [...changes, ...branchMoves(before, after)] : changes;
}
