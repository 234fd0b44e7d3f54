import type { GatePoint } from "#core/engine";
import type { LaunchedRun } from "./launched-run.ts";
import { createSameFile } from "./same-file.ts";
import type { BreakpointHit, Breakpoints } from "./stops.ts";

/** A stage that the run is to go to once, as to a breakpoint that is gone with the next stop. */
export interface RunTarget {
  /** `path` is the file that the stage is written in, absolute. */
  set(path: string, stage: string): void;
  /** The run has stopped, wherever that is. */
  forget(): void;
  /** The same breakpoints, with the target. */
  over(breakpoints: Breakpoints): Breakpoints;
}

export function createRunTarget({ fileAt }: Pick<LaunchedRun, "fileAt">): RunTarget {
  let target: { readonly path: string; readonly stage: string } | null = null;
  const isSameFile = createSameFile();
  const isThere = ({ kind, address: { frames, stage } }: GatePoint): boolean =>
    target !== null &&
    kind === "before" &&
    stage === target.stage &&
    isSameFile(fileAt(frames).placeOf(stage).path, target.path);
  const stop: BreakpointHit = { reason: "breakpoint", ids: [] };
  return {
    set: (path, stage) => {
      target = { path, stage };
    },
    forget: () => {
      target = null;
    },
    over: (breakpoints) => ({
      awaited: (point) => (isThere(point) ? stop : breakpoints.awaited(point)),
      hitAt: (point) => {
        const hit = breakpoints.hitAt(point) ?? (isThere(point) ? stop : null);
        if (hit !== null) target = null;
        return hit;
      },
      remaining: breakpoints.remaining,
    }),
  };
}
