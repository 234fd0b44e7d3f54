import type { Gate, GatePoint } from "#core/engine";
import { isWithin, passedBy, type StepKind, type StepRange } from "./step-range.ts";

export type StopReason = "entry" | "breakpoint" | "step" | "pause";

/** Decides at each gate whether the run goes on: breakpoints, steps and pause are here and nowhere else. */
export interface Stops {
  readonly gate: Gate;
  /** Says before which stages the run stops. */
  setBreakpoints(isAt: (point: GatePoint) => boolean): void;
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
  told: boolean;
}

/** `told` is called once for each stop, with the branch that the client should look at. */
export function createStops(
  entry: "stop-on-entry" | "run-on-entry",
  told: (lane: number, reason: StopReason) => void,
): Stops {
  const waiting = new Map<number, Waiting>();
  let isMarked = (_point: GatePoint): boolean => false;
  let mode: Mode = entry === "stop-on-entry" ? { kind: "pausing", reason: "entry" } : { kind: "running" };
  /** Stages between their two gates. */
  let running = 0;

  const wait = (point: GatePoint): Promise<void> =>
    new Promise((resolve) => {
      const release = (): void => {
        waiting.delete(point.lane);
        if (point.kind === "before") running += 1;
        resolve();
      };
      waiting.set(point.lane, { point, release, told: false });
    });

  const stop = (lane: number, reason: StopReason): void => {
    mode = { kind: "stopped" };
    const at = waiting.get(lane);
    if (at !== undefined) at.told = true;
    told(lane, reason);
  };

  const isBreakpoint = (point: GatePoint): boolean => point.kind === "before" && isMarked(point);

  const reasonToStop = (point: GatePoint): StopReason | null => {
    switch (mode.kind) {
      case "free":
      case "stopped":
        return null;
      case "pausing":
        return mode.reason === "entry" && point.kind === "after" ? null : mode.reason;
      case "stepping":
        if (isBreakpoint(point)) return "breakpoint";
        return point.kind === "after" || isWithin(point.address, mode.passes) ? null : "step";
      case "running":
        return isBreakpoint(point) ? "breakpoint" : null;
    }
  };

  // A step whose branch ended with nothing after it stops where another branch waits, if one does.
  const stopWhereOthersWait = (): void => {
    if (mode.kind !== "stepping" || running > 0) return;
    const other = waiting.keys().next();
    if (other.done !== true) stop(other.value, "step");
  };

  const gate: Gate = (point) => {
    if (point.kind === "after") running -= 1;
    const reason = reasonToStop(point);
    if (reason !== null || mode.kind === "stopped") {
      const released = wait(point);
      if (reason !== null) stop(point.lane, reason);
      return released;
    }
    if (point.kind === "before") running += 1;
    else if (mode.kind === "stepping") setImmediate(stopWhereOthersWait);
    return undefined;
  };

  return {
    gate,
    setBreakpoints: (isAt) => {
      isMarked = isAt;
    },
    waitingAt: (lane) => waiting.get(lane)?.point,
    isStopped: () => mode.kind === "stopped",
    resume: () => {
      mode = { kind: "running" };
      const ahead = [...waiting.values()];
      // A branch that came to a breakpoint while another was stopped has its stop still to come.
      const next = ahead.find((at) => !at.told && isBreakpoint(at.point));
      for (const at of ahead) if (at.told || next === undefined) at.release();
      if (next !== undefined) stop(next.point.lane, "breakpoint");
    },
    step: (lane, how) => {
      const at = waiting.get(lane);
      if (at === undefined) return;
      mode = { kind: "stepping", passes: passedBy(at.point, how) };
      at.release();
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
