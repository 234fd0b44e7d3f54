import type { GatePoint, StepPoint } from "#core/engine";
import type { BreakpointHit, Breakpoints } from "./stops.ts";

/** A branch that waits at a gate; `told` once the client knows of the stop. */
export interface Waiting {
  readonly point: GatePoint | StepPoint;
  readonly release: () => void;
  /** Ends the wait where nothing comes of what waited. */
  readonly drop: () => void;
  readonly hit: BreakpointHit | null;
  told: boolean;
}

/** The branches of a run that wait at gates, and how many stages are between their two. */
export interface WaitingBranches {
  /** Takes in that a branch has come to a gate. */
  come(point: GatePoint): void;
  /** It waits there; resolves when it is released. */
  wait(point: GatePoint | StepPoint, hit: BreakpointHit | null): Promise<void>;
  /** It goes on at once. */
  pass(point: GatePoint): void;
  /** What waited there is gone: nothing comes of it, and whoever held it for the wait hears that it is over. */
  drop(lane: number): void;
  at(lane: number): Waiting | undefined;
  all(): readonly Waiting[];
  isAnyWaiting(): boolean;
  /** Whether a stage is between its two gates. */
  isAnyAtWork(): boolean;
}

/** `begun` is how many stages are between their two gates already. */
export function createWaitingBranches(begun: number): WaitingBranches {
  const waiting = new Map<number, Waiting>();
  let atWork = begun;
  return {
    come: ({ kind, lane }) => {
      if (kind === "before") return;
      // A stage that is cancelled where it waits comes to its second gate without having left the first, or the step.
      const at = waiting.get(lane);
      waiting.delete(lane);
      if (at === undefined) atWork -= 1;
      else at.drop();
    },
    wait: (point, hit) =>
      new Promise((resolve) => {
        const release = (): void => {
          waiting.delete(point.lane);
          if (point.kind !== "after") atWork += 1;
          resolve();
        };
        if (point.kind === "within") atWork -= 1;
        waiting.set(point.lane, { point, release, drop: resolve, hit, told: false });
      }),
    pass: ({ kind }) => {
      if (kind === "before") atWork += 1;
    },
    drop: (lane) => {
      const at = waiting.get(lane);
      waiting.delete(lane);
      at?.drop();
    },
    at: (lane) => waiting.get(lane),
    all: () => [...waiting.values()],
    isAnyWaiting: () => waiting.size > 0,
    isAnyAtWork: () => atWork > 0,
  };
}

/** The breakpoint that a branch came to while another was stopped, if it is still set. */
export function hitToCome({ hit, told }: Waiting, breakpoints: Breakpoints): BreakpointHit | null {
  return told || hit === null ? null : breakpoints.remaining(hit);
}
