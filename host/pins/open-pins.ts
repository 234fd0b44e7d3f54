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
  let changing: Promise<unknown> = Promise.resolve();
  /** What other sessions, and the editor, have written meanwhile stays. One change at a time: each begins with the file. */
  const change = (to: (pins: ReadonlyMap<string, Pin>) => ReadonlyMap<string, Pin>): Promise<void> => {
    const changed = changing.then(async () => {
      const pins = to(await readPins(root, pipeline));
      await writePins(root, pipeline, pins);
      all = pins;
    });
    changing = changed.catch(() => undefined);
    return changed;
  };
  return {
    whyNot,
    get all() {
      return all;
    },
    pin: (stage, pin) => change((pins) => new Map([...pins, [stage, pin]])),
    unpin: async (stage) => {
      let had = all.has(stage);
      await change((pins) => {
        had ||= pins.has(stage);
        return new Map([...pins].filter(([id]) => id !== stage));
      });
      return had;
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
