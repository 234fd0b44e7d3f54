import { type ReadText, readText } from "../content/read-text.ts";
import { alignTo } from "../match/align.ts";
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
  const now = readText(after);
  if (!now.ok) return { ok: false, side: "after", message: now.message };
  return { ok: true, diff: diffRead(old, now) };
}

/** Whether a list of some branch has changed, which has to be read to know what that means. */
function changesBranches(change: Change): boolean {
  return change.kind === "value-changed" && change.topic === "branches";
}

/** {@link diffPipelines} of texts that have been read. */
export function diffRead(
  before: Extract<ReadText, { ok: true }>,
  after: Extract<ReadText, { ok: true }>,
): PipelineDiff {
  if (before.text === after.text) return { changes: [], keys: new Map() };
  const { content, text, renames, keys } = alignTo(before, after.content);
  const renamed = renames.map(({ from, to }): Change => ({ kind: "stage-renamed", stage: to, from }));
  const changes = diffContents(content, after.content);
  const moved = changes.some(changesBranches) ? branchMoves(text, after.text) : [];
  return { changes: [...renamed, ...changes, ...moved], keys };
}
