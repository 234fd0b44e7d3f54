import type { JournalEvent } from "#core/journal";
import type { Drops } from "./drop.ts";
import type { FrameRecord, RecordIndex, StageRecord } from "./record-index.ts";

/**
 * Takes out of a record what went wrong in it and was not dealt with: failures that no try, loop or `on_error` took
 * care of, what was cancelled, and what was not reached for it. What the end of the run stopped is never dealt with, even
 * where a try around it swallows.
 */
export function dropWhatWentWrong(
  { stages }: RecordIndex,
  events: readonly JournalEvent[],
  drops: Drops,
): void {
  const stoppedAt = events.find(({ kind }) => kind === "run-ending")?.seq ?? Number.POSITIVE_INFINITY;
  for (const stage of stages) {
    const { end, frame, decided } = stage;
    switch (end?.kind) {
      case "stage-failed":
        if (end.next.kind === "continue" || isDealtWith(frame, "failure")) break;
        if (decided === null) drops.stage(stage, { kind: "failed" });
        else drops.end(stage);
        break;
      case "stage-cancelled":
        if (end.seq < stoppedAt && isDealtWith(frame, "stop")) break;
        if (decided === null) drops.stage(stage, { kind: "cancelled" });
        else drops.end(stage);
        break;
      case "stage-skipped":
        if (end.cause === "ended" && (end.seq > stoppedAt || !isDealtWith(frame, "stop")))
          drops.stage(stage, { kind: "not-reached" });
        break;
      case "stage-succeeded":
      case undefined:
        break;
    }
  }
  for (const stage of stages) callAgain(stage, drops);
}

/** Whether what happened in a frame is the past for what is around it: it went on, or went on to something else. */
function isDealtWith(frame: FrameRecord, what: "failure" | "stop"): boolean {
  const { owner, step } = frame;
  if (owner === null) return false;
  const { end, decided, owned } = owner;
  if (end?.kind === "stage-succeeded" || (end?.kind === "stage-failed" && end.next.kind === "continue"))
    return true;
  const decision = decided?.decision;
  if (what === "failure" && decision?.kind === "iterate" && !decision.breakOnError) return true;
  const later = owned.slice(owned.indexOf(frame) + 1).map((each) => each.step);
  if (step?.kind === "subpipeline" && later.length > 0) return true;
  if (step?.kind === "arm" && later.some((each) => each?.kind === "arm" && each.arm !== "finally"))
    return true;
  return isDealtWith(owner.frame, what);
}

/** A called pipeline that failed as a whole, and not by one of its stages, is called again. */
function callAgain({ decided, end, owned, frame }: StageRecord, drops: Drops): void {
  const last = owned.at(-1);
  if (last === undefined || decided?.decision.kind !== "call" || end?.kind !== "stage-failed") return;
  if (end.next.kind === "continue" || isDealtWith(frame, "failure")) return;
  const isMended = Array.from(last.stages.values()).some(
    (stage) => drops.again.has(stage) || drops.reopened.has(stage),
  );
  if (!isMended) drops.frame(last);
}
