import { performance } from "node:perf_hooks";
import type { Clock } from "#core/ports";

/** The machine's clock. */
export const nodeClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      // A longer timer would fire at once.
      const timer = setTimeout(wake, Math.min(ms, 2 ** 31 - 1));
      signal.addEventListener("abort", wake, { once: true });
    }),
};
