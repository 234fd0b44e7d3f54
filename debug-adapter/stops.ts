import type { Gate, GatePoint } from "#core/engine";
import { isWithin, passedBy, type StepKind, type StepRange } from "./step-range.ts";

/** A breakpoint that the run has come to; DAP's words for its kinds. */
export type BreakpointHit = {
  readonly ids: readonly number[];
} & (
  | { readonly reason: "breakpoint" | "function breakpoint" }
  /** `text` is the failure's message, or what happened to the data. */
  | { readonly reason: "exception" | "data breakpoint"; readonly text: string }
);

/** Why the run stops. */
export type Stop = { readonly reason: "entry" | "step" | "pause" } | BreakpointHit;

/** Which gates the run stops at, whatever else it is told to do. */
export interface Breakpoints {
  /** Asked once for each gate that the run comes to, since it may count. */
  hitAt(point: GatePoint): BreakpointHit | null;
  /** What is left of a hit when its branch has waited behind another stop; null when all of it was taken away. */
  remaining(hit: BreakpointHit): BreakpointHit | null;
}

/** Decides at each gate whether the run goes on: breakpoints, steps and pause are here and nowhere else. */
export interface Stops {
  readonly gate: Gate;
  setBreakpoints(breakpoints: Breakpoints): void;
  /** Where a branch waits; undefined when it does not. */
  waitingAt(lane: number): GatePoint | undefined;
  isStopped(): boolean;
  /** All branches go on. */
  resume(): void;
  /** Only `lane` goes on, up to the next stage that would start as `how` says; the others wait where they are. */
  step(lane: number, how: StepKind): void;
  /** Stops at the next gate that any branch comes to. */
  pause(): void;
  /** Nothing stops any more: the session ends, or the client has left. */
  letGo(): void;
}

/**
 * How the run is meant to go on. `running`: until a breakpoint. `pausing`: until any gate. `stepping`: until a
 * stage that is no part of what the step `passes` is about to start. `stopped`: each branch waits at its next gate. `free`: nothing stops.
 */
type Mode =
  | { readonly kind: "running" }
  | { readonly kind: "pausing"; readonly reason: "entry" | "pause" }
  | { readonly kind: "stepping"; readonly passes: StepRange | "everything" }
  | { readonly kind: "stopped" }
  | { readonly kind: "free" };

/** A branch that waits at a gate; `told` once the client knows of the stop. */
interface Waiting {
  readonly point: GatePoint;
  readonly release: () => void;
  readonly hit: BreakpointHit | null;
  told: boolean;
}

/** `told` is called once for each stop, with the branch that the client should look at. */
export function createStops(
  entry: "stop-on-entry" | "run-on-entry",
  told: (lane: number, stop: Stop) => void,
): Stops {
  const waiting = new Map<number, Waiting>();
  let breakpoints: Breakpoints = noBreakpoints;
  let mode: Mode = entry === "stop-on-entry" ? { kind: "pausing", reason: "entry" } : { kind: "running" };
  /** Stages between their two gates. */
  let running = 0;

  const wait = (point: GatePoint, hit: BreakpointHit | null): Promise<void> =>
    new Promise((resolve) => {
      const release = (): void => {
        waiting.delete(point.lane);
        if (point.kind === "before") running += 1;
        resolve();
      };
      waiting.set(point.lane, { point, release, hit, told: false });
    });

  const stop = (lane: number, why: Stop): void => {
    mode = { kind: "stopped" };
    const at = waiting.get(lane);
    if (at !== undefined) at.told = true;
    told(lane, why);
  };

  /** The breakpoint that a branch came to while another was stopped, if it is still set. */
  const leftOf = ({ hit, told: isTold }: Waiting): BreakpointHit | null =>
    isTold || hit === null ? null : breakpoints.remaining(hit);

  const reasonToStop = (point: GatePoint, hit: BreakpointHit | null): Stop | null => {
    switch (mode.kind) {
      case "free":
      case "stopped":
        return null;
      case "pausing":
        return hit ?? (mode.reason === "entry" && point.kind === "after" ? null : { reason: mode.reason });
      case "stepping":
        if (hit !== null) return hit;
        return point.kind === "after" || isWithin(point.address, mode.passes) ? null : { reason: "step" };
      case "running":
        return hit;
    }
  };

  // A step whose branch ended with nothing after it stops where another branch waits, if one does.
  const stopWhereOthersWait = (): void => {
    if (mode.kind !== "stepping" || running > 0) return;
    const [other] = waiting.values();
    if (other !== undefined) stop(other.point.lane, leftOf(other) ?? { reason: "step" });
  };

  const gate: Gate = (point) => {
    if (point.kind === "after") running -= 1;
    // Also of a branch that comes while another is stopped: that it came there is to be counted, and logged.
    const hit = mode.kind === "free" ? null : breakpoints.hitAt(point);
    const why = reasonToStop(point, hit);
    if (why !== null || mode.kind === "stopped") {
      const released = wait(point, hit);
      if (why !== null) stop(point.lane, why);
      return released;
    }
    if (point.kind === "before") running += 1;
    else if (mode.kind === "stepping") setImmediate(stopWhereOthersWait);
    return undefined;
  };

  return {
    gate,
    setBreakpoints: (set) => {
      breakpoints = set;
    },
    waitingAt: (lane) => waiting.get(lane)?.point,
    isStopped: () => mode.kind === "stopped",
    resume: () => {
      mode = { kind: "running" };
      const ahead = [...waiting.values()];
      // A branch that came to a breakpoint while another was stopped has its stop still to come.
      const [next] = ahead.flatMap((at) => {
        const hit = leftOf(at);
        return hit === null ? [] : [{ lane: at.point.lane, hit }];
      });
      for (const at of ahead) if (at.told || next === undefined) at.release();
      if (next !== undefined) stop(next.lane, next.hit);
    },
    step: (lane, how) => {
      const at = waiting.get(lane);
      if (at === undefined) return;
      mode = { kind: "stepping", passes: passedBy(at.point, how) };
      at.release();
      if (at.point.kind === "after") setImmediate(stopWhereOthersWait);
    },
    pause: () => {
      if (mode.kind === "running" || mode.kind === "stepping") mode = { kind: "pausing", reason: "pause" };
    },
    letGo: () => {
      mode = { kind: "free" };
      for (const at of [...waiting.values()]) at.release();
    },
  };
}

const noBreakpoints: Breakpoints = { hitAt: () => null, remaining: () => null };
