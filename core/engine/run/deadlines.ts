import type { Clock } from "#core/ports";
import type { Live } from "./live.ts";

/** Ends attempts that take too long. One timer serves all: a timer each would cost more than many stages do. */
export interface Deadlines {
  watch(live: Live, timeoutMs: number): void;
  unwatch(live: Live): void;
  /** Stops the timer. */
  dispose(): void;
}

export function createDeadlines(
  clock: Clock,
  expire: (live: Live) => void,
  crash: (error: unknown) => void,
): Deadlines {
  const watched = new Set<Live>();
  let timer: { readonly at: number; readonly stop: AbortController } | null = null;

  const arm = (at: number): void => {
    if (timer !== null && timer.at <= at) return;
    timer?.stop.abort();
    const stop = new AbortController();
    timer = { at, stop };
    clock
      .sleep(Math.max(0, at - clock.monotonic()), stop.signal)
      .then(() => {
        if (!stop.signal.aborted) sweep();
      })
      .catch(crash);
  };

  const sweep = (): void => {
    timer = null;
    const now = clock.monotonic();
    let next = Number.POSITIVE_INFINITY;
    for (const live of watched) {
      if (live.deadline === null) continue;
      if (live.deadline <= now) {
        watched.delete(live);
        expire(live);
      } else {
        next = Math.min(next, live.deadline);
      }
    }
    if (next !== Number.POSITIVE_INFINITY) arm(next);
  };

  return {
    watch: (live, timeoutMs) => {
      live.deadline = clock.monotonic() + timeoutMs;
      watched.add(live);
      arm(live.deadline);
    },
    unwatch: (live) => {
      watched.delete(live);
    },
    dispose: () => {
      timer?.stop.abort();
      watched.clear();
    },
  };
}
