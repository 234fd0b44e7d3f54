import type { JournalEvent } from "#core/journal";
import type { Directive } from "#core/ports";
import type { Callees } from "../plan/callees.ts";
import type { StagePlan } from "../plan/run-plan.ts";
import type { Frame, Place, Schedule } from "../schedule/state.ts";
import type { Deadlines } from "./deadlines.ts";
import type { Lanes } from "./lanes.ts";
import type { OwnerResults } from "./owner-output.ts";
import type { Recorder } from "./recorder.ts";
import type { RunOptions } from "./run.ts";
import type { RunFrame } from "./run-frame.ts";

export type ReturnDirective = Extract<Directive, { kind: "return" }>;

/** Everything that belongs to one run while it runs. */
export interface Session {
  readonly id: string;
  /** What replaces every stage's provider; null when nothing does. */
  readonly provider: string | null;
  readonly callees: Callees;
  readonly options: RunOptions;
  readonly schedule: Schedule;
  readonly recorder: Recorder;
  readonly deadlines: Deadlines;
  readonly lanes: Lanes;
  /** The frame of the run's own pipeline. */
  readonly root: RunFrame;
  /** By the key of the schedule's frame, the root's too. */
  readonly frames: Map<string, RunFrame>;
  /** Owners that have decided and not ended: by frame, by index. */
  readonly owners: Map<RunFrame, Map<number, OwnerResults>>;
  /** The lane of the stage that ended last: the next one stays on it when it can. */
  lastLane: number;
  /** Resolves when every attempt that could not be made twice and was launched so far has begun. */
  safeStarts: Promise<void>;
  /** Executors whose promise has not settled, some of them told to stop. */
  executing: number;
  /** Begins an attempt at a stage. */
  begin(frame: RunFrame, stage: StagePlan, attempt: number): void;
  /** Called when one has settled. */
  settled(): void;
  /** Milliseconds so far in which a branch stood at a gate. */
  heldMs(): number;
  /**
   * Lets the scheduler take an event, and does what it wants done. `opened` gets the frame of that key, when the
   * event opens one, before anything in it begins. `place` is where the event's address leads, for one who knows.
   */
  apply(
    event: JournalEvent,
    opened?: { readonly key: string; readonly frame: (schedule: Frame) => RunFrame },
    place?: Place,
  ): void;
  /** Stops the run and has it end with this defect of an executor, with everything recorded. */
  giveUp(error: unknown): void;
  /** Ends the run at once for a defect of ours. */
  crash(error: unknown): void;
}
