import type { JournalEvent } from "#core/journal";
import type { StageEnd } from "./bearing.ts";
import type { Drops, Why } from "./drop.ts";
import type { FrameRecord, RecordIndex, StageRecord } from "./record-index.ts";

/**
 * Takes out of a record what went wrong in it and was not dealt with: failures that no try, loop or `on_error` took
 * care of, what the end of the run stopped, and all that was stopped or not reached for something that is taken out.
 */
export function dropWhatWentWrong(
  { stages }: RecordIndex,
  events: readonly JournalEvent[],
  drops: Drops,
): void {
  // A run that returned before something failed in it was none the worse for it.
  const isFine = events.some((event) => event.kind === "run-finished" && event.status === "succeeded");
  const failed = isFine ? [] : stages.filter(isOpenFailure);
  for (const stage of failed) dropEnd(stage, { kind: "failed" }, drops);
  const stoppedAt = events.find(({ kind }) => kind === "run-ending")?.seq ?? Number.POSITIVE_INFINITY;
  const stopped = stages.filter(({ end }) => wasStopped(end));
  for (let before = -1; before !== drops.events.size; ) {
    before = drops.events.size;
    for (const stage of stopped) {
      const { end, frame } = stage;
      if (end === null || drops.events.has(end)) continue;
      if (end.seq > stoppedAt || isReasonGone(frame, drops))
        dropEnd(stage, { kind: end.kind === "stage-cancelled" ? "cancelled" : "not-reached" }, drops);
    }
  }
  for (const stage of failed) callAgain(stage, drops);
}

function isOpenFailure({ end, frame }: StageRecord): boolean {
  return end?.kind === "stage-failed" && end.next.kind !== "continue" && !isDealtWith(frame);
}

/** What an owner decided stays: it is about its stages. */
function dropEnd(stage: StageRecord, why: Why, drops: Drops): void {
  if (stage.decided === null) drops.stage(stage, why);
  else drops.end(stage);
}

function wasStopped(end: StageEnd | null): boolean {
  return end?.kind === "stage-cancelled" || (end?.kind === "stage-skipped" && end.cause === "ended");
}

/** Whether that for which stages of a frame were stopped may have been taken out. */
function isReasonGone(frame: FrameRecord, drops: Drops): boolean {
  const { owner, stages } = frame;
  for (const { end } of stages.values()) {
    const ends =
      (end?.kind === "stage-failed" && end.next.kind !== "continue") ||
      (end?.kind === "stage-succeeded" && end.decision?.kind === "return") ||
      end?.kind === "stage-cancelled";
    if (ends && drops.events.has(end)) return true;
  }
  if (owner === null) return false;
  return drops.reopened.has(owner) || owner.end === null || isReasonGone(owner.frame, drops);
}

/** Whether what happened in a frame is the past for what is around it: it went on, or went on to something else. */
function isDealtWith(frame: FrameRecord): boolean {
  const { owner, step, closed } = frame;
  if (owner === null) return false;
  if (closed !== null && "ended" in closed && ["completed", "returned"].includes(closed.ended.kind))
    return true;
  const { end, decided, owned } = owner;
  if (end?.kind === "stage-succeeded" || (end?.kind === "stage-failed" && end.next.kind === "continue"))
    return true;
  const decision = decided?.decision;
  if (decision?.kind === "iterate" && !decision.breakOnError) return true;
  const later = owned.slice(owned.indexOf(frame) + 1).map((each) => each.step);
  if (step?.kind === "subpipeline" && later.length > 0) return true;
  if (step?.kind === "arm" && later.some((each) => each?.kind === "arm" && each.arm !== "finally"))
    return true;
  return isDealtWith(owner.frame);
}

/** A called pipeline that failed as a whole, and not by one of its stages, is called again. */
function callAgain({ decided, owned }: StageRecord, drops: Drops): void {
  const last = owned.at(-1);
  if (last === undefined || decided?.decision.kind !== "call") return;
  const isMended = Array.from(last.stages.values()).some(
    (stage) => drops.again.has(stage) || drops.reopened.has(stage),
  );
  if (!isMended) drops.frame(last);
}
