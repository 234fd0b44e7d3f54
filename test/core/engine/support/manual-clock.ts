import type { Clock } from "#core/ports";

/** Lets everything that can happen without time passing happen. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 20; round++) await Promise.resolve();
}

/** A clock that stands until it is moved. */
export interface ManualClock extends Clock {
  /** Moves on, wakes sleepers in order, and lets the run react to each. */
  advance(ms: number): Promise<void>;
  readonly sleepers: number;
}

export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    monotonic: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const sleeper = { at: now + ms, wake: resolve };
        sleepers.push(sleeper);
        signal.addEventListener("abort", () => {
          const place = sleepers.indexOf(sleeper);
          if (place >= 0) sleepers.splice(place, 1);
          resolve();
        });
      }),
    advance: async (ms) => {
      const until = now + ms;
      for (;;) {
        sleepers.sort((a, b) => a.at - b.at);
        const [next] = sleepers;
        if (next === undefined || next.at > until) break;
        now = next.at;
        sleepers.shift();
        next.wake();
        await settled();
      }
      now = until;
      await settled();
    },
    get sleepers() {
      return sleepers.length;
    },
  };
}
