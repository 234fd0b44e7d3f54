import type { JournalEvent } from "#core/journal";
import { dependentIndex } from "../plan/dependent.ts";
import { variableSetBy } from "./changed-variables.ts";
import { readsVariables } from "./reads.ts";
import type { FrameRecord, StageRecord } from "./record-index.ts";

/** Why a stage that has run is to run again. */
export type Why =
  /** It had begun and not ended. */
  | { readonly kind: "unfinished" }
  | { readonly kind: "failed" }
  | { readonly kind: "cancelled" }
  /** It was left out because the run, or what is around it, ended. */
  | { readonly kind: "not-reached" }
  /** What it says, or what it is given, is not as it was: in a few words. */
  | { readonly kind: "changed"; readonly what: string }
  /** Whoever forks the run wants it to. */
  | { readonly kind: "asked" }
  /** The stage of that id runs again, and it waits for that. */
  | { readonly kind: "depends"; readonly on: string }
  /** It is part of what the stage of that id runs. */
  | { readonly kind: "inside"; readonly of: string };

/** What is taken out of a record so that stages run again. */
export interface Drops {
  /** Takes a stage out, with all that used what it gave. */
  stage(stage: StageRecord, why: Why): void;
  /** Takes the end of a stage that owns others out, so that it goes on. */
  end(owner: StageRecord): void;
  /** Takes a frame out as if it had never been begun. */
  frame(frame: FrameRecord): void;
  event(event: JournalEvent): void;
  /** Takes out what used what a stage gave, and the end of what is around it; not the stage itself. */
  users(stage: StageRecord): void;
  readonly again: ReadonlyMap<StageRecord, Why>;
  /** Owners that had ended and go on. */
  readonly reopened: ReadonlySet<StageRecord>;
  readonly events: ReadonlySet<JournalEvent>;
}

/** `stages` are those of the record, in the order in which they were reached. */
export function createDrops(stages: readonly StageRecord[]): Drops {
  const again = new Map<StageRecord, Why>();
  const reopened = new Set<StageRecord>();
  const reopenedFrames = new Set<FrameRecord>();
  const events = new Set<JournalEvent>();

  const stage = (each: StageRecord, why: Why): void => {
    if (again.has(each)) return;
    mark(each, why);
    users(each);
  };

  /** With all that is in it; not with what depends on it. */
  const mark = (each: StageRecord, why: Why): void => {
    if (again.has(each)) return;
    again.set(each, why);
    reopened.delete(each);
    for (const event of each.events) events.add(event);
    for (const owned of each.owned) frame(owned);
  };

  const frame = (each: FrameRecord): void => {
    if (each.opened !== null) events.add(each.opened);
    if (each.closed !== null) events.add(each.closed);
    const of = each.owner?.address.stage ?? "";
    for (const inner of each.stages.values()) mark(inner, { kind: "inside", of });
  };

  const users = (each: StageRecord): void => {
    if (each.events.some((event) => variableSetBy(event) !== null)) readers(each);
    for (const waiter of each.plan.dependents) {
      const dependent = each.frame.stages.get(dependentIndex(waiter));
      if (dependent !== undefined && hasUsed(dependent, each))
        stage(dependent, { kind: "depends", on: each.address.stage });
    }
    reopen(each.frame);
  };

  /** Which of those that read variables read this one's is not known before they do. */
  const readers = (setter: StageRecord): void => {
    for (const each of stages) {
      if (each !== setter && hasUsed(each, setter) && readsVariables(each.plan))
        stage(each, { kind: "depends", on: setter.address.stage });
    }
  };

  /** A frame in which something runs again has not ended, and nor has what is around it. */
  const reopen = (each: FrameRecord): void => {
    const { owner } = each;
    if (owner === null || reopenedFrames.has(each)) return;
    reopenedFrames.add(each);
    if (each.closed !== null) events.add(each.closed);
    if (each.step?.kind !== "iteration") {
      // What came after this arm, or this call, came of how it ended.
      for (const later of owner.owned.slice(owner.owned.indexOf(each) + 1)) frame(later);
    }
    end(owner);
  };

  const end = (owner: StageRecord): void => {
    for (const event of owner.events) if (event.kind === "stage-ending") events.add(event);
    if (owner.end !== null && !again.has(owner) && !reopened.has(owner)) {
      events.add(owner.end);
      reopened.add(owner);
      users(owner);
    } else {
      reopen(owner.frame);
    }
  };

  return { stage, end, frame, event: (event) => events.add(event), users, again, reopened, events };
}

/** Whether a stage was reached only after another had ended: before, it cannot have used it. */
function hasUsed(dependent: StageRecord, { end, decided }: StageRecord): boolean {
  const known = (end ?? decided)?.seq;
  const reached = dependent.events[0]?.seq;
  return known !== undefined && reached !== undefined && reached > known;
}
