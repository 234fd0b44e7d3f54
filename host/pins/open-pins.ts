import type { Executor, StageAttempt } from "#core/ports";
import { type Pin, readPins, writePins } from "./pin-file.ts";

/** The pins of a pipeline, while a run of it may use them. */
export interface Pins {
  /** Why a stage that is pinned runs all the same, or cannot be pinned; null where nothing is against it. */
  whyNot(stage: string): string | null;
  /** By the ids of stages. */
  readonly all: ReadonlyMap<string, Pin>;
  /** Pins a stage from now on, and in its file. Rejects with the system's errors. */
  pin(stage: string, pin: Pin): Promise<void>;
  /** Takes a pin away; false where there was none. */
  unpin(stage: string): Promise<boolean>;
  /** The executor, which is not asked for a stage that is pinned. */
  over(executor: Executor): Executor;
}

/**
 * Opens the pins of the pipeline at that path from the root. They are of its own stages, in its rounds and arms too; what
 * it calls runs without. `whyNot` says of a stage why it cannot be pinned; null where it can. Rejects with {@link PinsError}.
 */
export async function openPins(
  root: string,
  pipeline: string,
  whyNot: (stage: string) => string | null,
): Promise<Pins> {
  let all = await readPins(root, pipeline);
  const change = async (pins: ReadonlyMap<string, Pin>): Promise<void> => {
    await writePins(root, pipeline, pins);
    all = pins;
  };
  return {
    whyNot,
    get all() {
      return all;
    },
    pin: (stage, pin) => change(new Map([...all, [stage, pin]])),
    unpin: async (stage) => {
      if (!all.has(stage)) return false;
      await change(new Map([...all].filter(([id]) => id !== stage)));
      return true;
    },
    over: (executor) => ({
      run: (attempt, emit, signal, steps) => {
        const { stage } = attempt.address;
        const pin = isCalled(attempt) ? undefined : all.get(stage);
        if (pin === undefined || whyNot(stage) !== null) return executor.run(attempt, emit, signal, steps);
        const { output, pinnedAt, run } = pin;
        emit({ kind: "cache", outcome: { kind: "pinned", pinnedAt, run } });
        emit({ kind: "succeeded", output });
      },
    }),
  };
}

function isCalled({ address: { frames } }: StageAttempt): boolean {
  return frames.some(({ kind }) => kind === "subpipeline");
}
