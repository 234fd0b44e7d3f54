import type { Clock } from "#core/ports";
import { endWait } from "./end-wait.ts";
import type { Live } from "./live.ts";

/**
 * Ends attempts that take too long. One timer serves all: a timer each would cost more than many stages do, and so
 * would a list of those that have a deadline, which most lose again at once. The timer looks through `all` instead.
 */
export interface Deadlines {
  watch(live: Live, timeoutMs: number): void;
  unwatch(live: Live): void;
  /** Stops the timer. */
  dispose(): void;
}

export function createDeadlines(
  clock: Clock,
  all: () => Iterable<Live>,
  expire: (live: Live) => void,
  crash: (error: unknown) => void,
): Deadlines {
  let timer: { readonly at: number; readonly stop: AbortController } | null = null;

  const arm = (at: number): void => {
    if (timer !== null && timer.at <= at) return;
    if (timer !== null) endWait(timer.stop);
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
    const due: { readonly live: Live; readonly deadline: number }[] = [];
    let next = Number.POSITIVE_INFINITY;
    for (const live of all()) {
      const { deadline } = live;
      if (deadline === null) continue;
      if (deadline <= now) due.push({ live, deadline });
      else next = Math.min(next, deadline);
    }
    if (next !== Number.POSITIVE_INFINITY) arm(next);
    due.sort((a, b) => a.deadline - b.deadline);
    for (const { live, deadline } of due) {
      // The end of one before may have been that of this one.
      if (live.deadline !== deadline) continue;
      live.deadline = null;
      expire(live);
    }
  };

  return {
    watch: (live, timeoutMs) => {
      live.deadline = clock.monotonic() + timeoutMs;
      arm(live.deadline);
    },
    unwatch: (live) => {
      live.deadline = null;
    },
    dispose: () => {
      if (timer !== null) endWait(timer.stop);
    },
  };
}
