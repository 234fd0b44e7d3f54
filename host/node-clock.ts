import { performance } from "node:perf_hooks";
import type { Clock } from "#core/ports";

/** Milliseconds of Node's longest timer; a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1;

/** The machine's clock. */
export const nodeClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    let left = ms;
    do {
      await timer(Math.min(left, longestTimer), signal);
      left -= longestTimer;
    } while (left > 0 && !signal.aborted);
  },
};

function timer(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const wake = (): void => {
      clearTimeout(timeout);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const timeout = setTimeout(wake, ms);
    signal.addEventListener("abort", wake, { once: true });
  });
}
