import type { Scope } from "#core/expressions";
import type { JournalEvent, JournalSink, RunFailure, RunStatus } from "#core/journal";
import type { Clock, Executor, Json, RandomPort, StageAddress } from "#core/ports";
import type { Gate } from "../gate.ts";
import type { StartFrom } from "../resume/start-from.ts";
import type { Override, OverrideAnswer } from "./override.ts";

/** What a run needs from outside. */
export interface RunOptions {
  readonly executor: Executor;
  readonly clock: Clock;
  readonly random: RandomPort;
  readonly journal: JournalSink;
  readonly gate?: Gate;
  /** Told of each event right after it was appended. */
  readonly onEvent?: (event: JournalEvent) => void;
  /** Without it a new one is made. */
  readonly runId?: string;
  /** What was recorded of it before, when it goes on and does not begin. */
  readonly startFrom?: StartFrom;
  /** Cancels the run, as {@link Run.cancel} does. */
  readonly signal?: AbortSignal;
}

/** A run that has begun. */
export interface Run {
  readonly id: string;
  /** Resolves when everything has ended and the journal is flushed. Rejects for defects only. */
  readonly finished: Promise<RunResult>;
  /** Stops what runs and starts nothing more; the run ends cancelled. Does nothing once it has ended. */
  cancel(): void;
  /**
   * Cancels what one stage is doing, and nothing else: those that wait for it take that as a failure, which does not end
   * the run. False where it is not at work, or has its outcome already.
   */
  cancelStage(address: StageAddress): boolean;
  /**
   * What expressions of the stage at `address` see now; of one that has its output also that, as `output`. For an
   * address in a frame that is closed, what the stages around it see. Undefined for a stage that does not exist.
   */
  scopeAt(address: StageAddress): Scope | undefined;
  /** Leaves a stage out that stands at its first gate; the reason is recorded. False where none does. */
  skipStage(address: StageAddress, reason: string): boolean;
  /**
   * Cuts off the answer that a stage is getting from a model: what has come is all of it, and is told to be. False where
   * none is coming, or nothing of it has come.
   */
  cutOffAnswer(address: StageAddress): boolean;
  /** Tries a stage again that stands at the gate after an attempt, and records it. False where that cannot be. */
  retryStage(address: StageAddress): boolean;
  /** Why it cannot be, and what to do; null where it can. */
  whyNoRetry(address: StageAddress): string | null;
  /** Sets a value by hand where a stage stands at a gate, and records it. */
  override(change: Override): OverrideAnswer;
}

export interface RunResult {
  readonly status: RunStatus;
  /** Undefined unless the run succeeded or returned a value. */
  readonly output: Json | undefined;
  /** Why it failed and at which stage; null unless it did. */
  readonly failure: RunFailure | null;
}
