import type { Gate } from "#core/engine";

/** A branch of the run; the client sees it as a thread. */
export interface Lane {
  readonly lane: number;
  /** The stage that the branch is at. */
  readonly stage: string;
}

/** Which branches have a stage under way. */
export interface Lanes {
  /** In the order in which their stages began; never empty, since DAP wants one thread to be paused. */
  all(): readonly Lane[];
  /** Passes every gate on to `gate`, and learns from it. */
  watch(gate: Gate): Gate;
}

/**
 * Branches begin and end with nearly each stage, so the client is not told of each: it asks when the run stops.
 * `idle` names the one thread of a run in which nothing is under way.
 */
export function createLanes(idle: string): Lanes {
  const stages = new Map<number, string>();
  return {
    all: () =>
      stages.size === 0
        ? [{ lane: 0, stage: idle }]
        : Array.from(stages, ([lane, stage]) => ({ lane, stage })),
    watch: (gate) => (point) => {
      if (point.kind === "before") {
        stages.set(point.lane, point.stage);
        return gate(point);
      }
      const over = (): void => void stages.delete(point.lane);
      const held = gate(point);
      if (held !== undefined) return held.then(over);
      over();
      return undefined;
    },
  };
}
