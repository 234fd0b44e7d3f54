import type { Gate } from "#core/engine";
import { addressKey, type StageAddress } from "#core/ports";

/** A branch of the run; the client sees it as a thread. */
export interface Lane {
  readonly lane: number;
  /** Where it is, with the rounds and calls around: two rounds of a loop are at the same stage. */
  readonly name: string;
}

/** Which branches have a stage under way. */
export interface Lanes {
  /** In the order in which their stages began; never empty, since DAP wants one thread to be paused. */
  all(): readonly Lane[];
  /** Those that have a stage under way. */
  atWork(): readonly number[];
  /** The stage that a branch is at; null where there is no such branch. */
  addressOf(lane: number): StageAddress | null;
  /** Nothing of a branch is under way any more, though it came to no second gate. */
  drop(lane: number): void;
  /** Passes every gate on to `gate`, and learns from it. */
  watch(gate: Gate): Gate;
}

/**
 * Branches begin and end with nearly each stage, so the client is not told of each: it asks when the run stops.
 * `idle` names the one thread of a run in which nothing is under way.
 */
export function createLanes(idle: string): Lanes {
  const addresses = new Map<number, StageAddress>();
  return {
    all: () =>
      addresses.size === 0
        ? [{ lane: 0, name: idle }]
        : Array.from(addresses, ([lane, address]) => ({ lane, name: addressKey(address) })),
    atWork: () => [...addresses.keys()],
    drop: (lane) => void addresses.delete(lane),
    addressOf: (lane) => addresses.get(lane) ?? null,
    watch: (gate) => (point) => {
      if (point.kind === "within") return gate(point);
      if (point.kind === "before") {
        addresses.set(point.lane, point.address);
        return gate(point);
      }
      // What has run others had left its branch to them, and takes one up again for its end.
      addresses.set(point.lane, point.address);
      // By then another stage may be on the branch.
      const over = (): void => {
        if (addresses.get(point.lane) === point.address) addresses.delete(point.lane);
      };
      const held = gate(point);
      if (held !== undefined) return held.then(over);
      over();
      return undefined;
    },
  };
}
