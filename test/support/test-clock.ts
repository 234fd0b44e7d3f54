import type { Clock } from "#core/ports";

/** A clock that moves by a millisecond whenever it is read, and whose sleeps end only when told or aborted. */
export function testClock(): Clock & { readonly expire: () => void } {
  let now = 1_700_000_000_000;
  const sleeping = new Set<() => void>();
  return {
    now: () => now++,
    monotonic: () => now++,
    sleep: (_ms, signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          sleeping.delete(wake);
          resolve();
        };
        if (signal.aborted) wake();
        else {
          sleeping.add(wake);
          signal.addEventListener("abort", wake, { once: true });
        }
      }),
    expire: () => {
      for (const wake of sleeping) wake();
    },
  };
}
