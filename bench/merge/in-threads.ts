import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { DifferTask } from "./differ-thread.ts";

/** Differs that each run in a thread of their own, one at a time. */
export interface DifferThreads {
  /** Runs one once; gives how many stages it says were touched. */
  readonly touched: (differ: string) => Promise<number>;
  readonly close: () => Promise<void>;
}

/**
 * A thread for each differ: none has to clear away what another left in memory, which would be the longer the quicker it
 * is, and the compiler sees each alone.
 */
export function differThreads(names: readonly string[], task: Omit<DifferTask, "differ">): DifferThreads {
  const threads = new Map(
    names.map((differ) => {
      const workerData: DifferTask = { differ, ...task };
      return [differ, new Worker(new URL("./differ-thread.ts", import.meta.url), { workerData })];
    }),
  );
  return {
    touched: async (differ) => {
      const thread = threads.get(differ);
      if (thread === undefined) throw new Error(`${differ} has no thread.`);
      const answer = once(thread, "message");
      thread.postMessage("run");
      const [touched] = await answer;
      return Number(touched);
    },
    close: async () => {
      await Promise.all(Array.from(threads.values(), (thread) => thread.terminate()));
    },
  };
}
