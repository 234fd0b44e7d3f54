import type { Clock } from "#core/ports";
import type { Gate } from "../gate.ts";

/** Counts the time in which a run stands at a gate: a person who looks at it must not use up the run's limit. */
export interface HeldTime {
  /** The gate, with its holding counted. */
  readonly gate: Gate;
  /** Milliseconds so far in which at least one branch was held. */
  total(): number;
}

export function createHeldTime(gate: Gate, clock: Clock): HeldTime {
  let branches = 0;
  let since = 0;
  let before = 0;
  const release = (): void => {
    branches -= 1;
    if (branches === 0) before += clock.monotonic() - since;
  };
  return {
    gate: (point) => {
      const held = gate(point);
      if (held === undefined) return undefined;
      if (branches === 0) since = clock.monotonic();
      branches += 1;
      return held.finally(release);
    },
    total: () => before + (branches === 0 ? 0 : clock.monotonic() - since),
  };
}
