/** Numbers for branches that run at the same time: the debugger's threads. Small, and reused. */
export interface Lanes {
  /** A free lane: `preferred`, which is that of the stage before, so that a chain stays on one; else the lowest. */
  take(preferred: number): number;
  give(lane: number): void;
}

export function createLanes(): Lanes {
  const taken: boolean[] = [];
  return {
    take: (preferred) => {
      let lane = preferred;
      if (taken[lane] === true) {
        lane = taken.indexOf(false);
        if (lane === -1) lane = taken.length;
      }
      while (taken.length < lane) taken.push(false);
      taken[lane] = true;
      return lane;
    },
    give: (lane) => {
      taken[lane] = false;
    },
  };
}

/** For runs without a debugger, which have no threads. */
export const noLanes: Lanes = { take: () => 0, give: () => {} };
