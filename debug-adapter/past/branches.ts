import type { RecordedGate } from "#core/engine";
import { countUpTo } from "#core/journal";

/** What the branches of a run were at, at each of its gates. */
export interface Branches {
  /** The gate that each branch had come to last, the one at `at` first; what has ended since is no branch. */
  at(at: number): readonly RecordedGate[];
}

/** Looks branches up in gates that may grow; takes a time that does not grow with the run. */
export function createBranches(gates: readonly RecordedGate[]): Branches {
  /** Of each lane the gates on it, by their numbers. */
  const byLane: number[][] = [];
  let known = 0;
  const catchUp = (): void => {
    for (; known < gates.length; known++) {
      const lane = gates[known]?.lane ?? 0;
      while (byLane.length <= lane) byLane.push([]);
      byLane[lane]?.push(known);
    }
  };
  return {
    at: (at) => {
      catchUp();
      const own = gates[at];
      if (own === undefined) return [];
      const others = byLane.flatMap((numbers, lane) => {
        const gate = gates[numbers[countUpTo(numbers, at) - 1] ?? -1];
        return lane === own.lane || gate?.kind !== "before" ? [] : [gate];
      });
      return [own, ...others];
    },
  };
}
