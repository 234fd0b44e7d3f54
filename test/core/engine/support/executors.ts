import type { AttemptEvent, Executor, StageAttempt } from "#core/ports";
import { settled } from "./manual-clock.ts";
import { outcomeOf } from "./outcome-of.ts";

/** Ends every attempt at once. */
export const immediate: Executor = {
  run: (attempt, emit) => {
    emit(outcomeOf(attempt));
  },
};

/** Attempts wait until the test lets them end, in any order. */
export interface HeldExecutor extends Executor {
  /** Attempts that run and were not told to stop. */
  readonly running: readonly StageAttempt[];
  /** Ends the attempt at that place of `running`, and lets the run react. */
  release(place: number, event?: AttemptEvent): Promise<void>;
}

export function heldExecutor(): HeldExecutor {
  const held: {
    readonly attempt: StageAttempt;
    readonly emit: (event: AttemptEvent) => void;
    readonly done: () => void;
  }[] = [];
  return {
    get running() {
      return held.map(({ attempt }) => attempt);
    },
    run: (attempt, emit, signal) =>
      new Promise<void>((resolve) => {
        const entry = { attempt, emit, done: resolve };
        held.push(entry);
        signal.addEventListener("abort", () => {
          const place = held.indexOf(entry);
          if (place >= 0) held.splice(place, 1);
          emit({
            kind: "failed",
            failure: { type: "CANCELLED", message: "told to stop", recoverable: false },
          });
          resolve();
        });
      }),
    release: async (place, event) => {
      const [entry] = held.splice(place, 1);
      if (entry === undefined) throw new Error(`Nothing runs at ${place}.`);
      entry.emit(event ?? outcomeOf(entry.attempt));
      entry.done();
      await settled();
    },
  };
}
