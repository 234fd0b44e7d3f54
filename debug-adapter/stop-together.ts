import type { Gate, GatePoint, StepPoint } from "#core/engine";
import type { StageAddress } from "#core/ports";
import { concerns, endsAt, endsWithin, follow, type StepOrder, stepOrder } from "./step-order.ts";
import { isWithin } from "./step-range.ts";
import {
  type BreakpointHit,
  type Breakpoints,
  type Entry,
  noBreakpoints,
  type Reach,
  type Stop,
  type Stops,
  type TellStop,
} from "./stops.ts";
import { createWaitingBranches, hitToCome } from "./waiting-branches.ts";

/**
 * How the run is meant to go on. `running`: until a breakpoint. `pausing`: until any gate. `stepping`: until a stage that
 * is no part of what the step passes is about to start, on whichever branch or on that of the step; others then wait.
 * `stopped`: each branch waits at its next gate. `free`: nothing stops.
 */
type Mode =
  | { readonly kind: "running" }
  | { readonly kind: "pausing"; readonly reason: "entry" | "pause" }
  | { readonly kind: "stepping"; readonly order: StepOrder; readonly reach: Reach }
  | { readonly kind: "stopped" }
  | { readonly kind: "free" };

/** Stops of a run whose branches stop together: where one does, each other waits at its next gate. */
export function stopTogether(entry: Entry, told: TellStop, begun: readonly StageAddress[]): Stops {
  const branches = createWaitingBranches(begun);
  let breakpoints: Breakpoints = noBreakpoints;
  let mode: Mode = entry === "stop-on-entry" ? { kind: "pausing", reason: "entry" } : { kind: "running" };

  /** The branch that the client was told to look at last. */
  let looked = 0;

  const stop = (lane: number, why: Stop): void => {
    mode = { kind: "stopped" };
    looked = lane;
    const at = branches.at(lane);
    if (at !== undefined) at.told = true;
    told(lane, why);
  };

  /** What becomes of a branch at a gate: it stops the run, waits for another's stop to be over, or goes on. */
  const decide = (point: GatePoint, hit: BreakpointHit | null): Stop | "wait" | "pass" => {
    // There is nothing to look at in what was cancelled, and what waits for it is to hear of it.
    const isGone = point.kind === "after" && point.outcome.kind === "cancelled";
    switch (mode.kind) {
      case "free":
        return "pass";
      case "stopped":
        return isGone ? "pass" : "wait";
      case "pausing":
        if (hit !== null) return hit;
        return mode.reason === "entry" && point.kind === "after" ? "pass" : { reason: mode.reason };
      case "stepping": {
        const { order, reach } = mode;
        if (reach === "branch" && !concerns(order, point))
          return hit !== null || point.kind === "before" ? "wait" : "pass";
        if (hit !== null) return hit;
        return endsAt(order, point, reach === "all" ? "any-branch" : "its-branch")
          ? { reason: "step" }
          : "pass";
      }
      case "running":
        return hit ?? "pass";
    }
  };

  /**
   * Where nothing is at work any more, what was told to go on has ended, and those that wait come next; so they do where
   * the branch is gone that the client looks at.
   */
  const stopWhereOthersWait = (): void => {
    const isOver = mode.kind === "stepping" || mode.kind === "running";
    if (isOver ? branches.isAnyAtWork() : mode.kind !== "stopped" || branches.at(looked) !== undefined)
      return;
    const [other] = branches.all();
    if (other === undefined) return;
    const reason = mode.kind === "stepping" ? "step" : "pause";
    stop(other.point.lane, hitToCome(other, breakpoints) ?? { reason });
  };

  /** Only steps and pause stop within an attempt: it waits for no other branch there. */
  const within = (point: StepPoint): Promise<void> | undefined => {
    const why =
      mode.kind === "pausing" ? mode.reason : mode.kind === "stepping" ? endsWithin(mode.order, point) : null;
    if (why === null || why === "entry") return undefined;
    const released = branches.wait(point, null);
    stop(point.lane, { reason: why });
    return released;
  };

  const gate: Gate = (point) => {
    if (point.kind === "within") return within(point);
    branches.come(point);
    if (mode.kind === "stepping") mode = { ...mode, order: follow(mode.order, point) };
    // Also of a branch that comes while another is stopped: that it came there is to be counted, and logged.
    const hit = mode.kind === "free" ? null : breakpoints.hitAt(point);
    const decision = decide(point, hit);
    if (decision === "pass") {
      branches.pass(point);
      if (point.kind === "after" && branches.isAnyWaiting()) setImmediate(stopWhereOthersWait);
      return undefined;
    }
    const released = branches.wait(point, hit);
    if (decision === "wait") setImmediate(stopWhereOthersWait);
    else stop(point.lane, decision);
    // It may be gone without having been told to go on.
    return point.kind === "before" ? released : released.then(() => void setImmediate(stopWhereOthersWait));
  };

  const resumeAll = (): void => {
    mode = { kind: "running" };
    const ahead = branches.all();
    // A branch that came to a breakpoint while another was stopped has its stop still to come.
    const [next] = ahead.flatMap((at) => {
      const hit = hitToCome(at, breakpoints);
      return hit === null ? [] : [{ lane: at.point.lane, hit }];
    });
    for (const at of ahead) if (at.told || next === undefined) at.release();
    if (next !== undefined) stop(next.lane, next.hit);
  };

  return {
    gate,
    setBreakpoints: (set) => {
      breakpoints = set;
    },
    decided: (address) => {
      branches.decided(address);
      // Those that wait may take up all the room that there is for what it runs.
      if (branches.isAnyWaiting()) setImmediate(stopWhereOthersWait);
    },
    waitingAt: (lane) => branches.at(lane)?.point,
    isStopped: () => mode.kind === "stopped" || branches.all().some(({ told: isTold }) => isTold),
    resume: (lane, reach) => {
      if (reach === "all") resumeAll();
      else {
        mode = { kind: "running" };
        const at = branches.at(lane);
        at?.release();
      }
      return reach;
    },
    resumeAll,
    step: (lane, how, reach) => {
      const at = branches.at(lane);
      if (at === undefined) return reach;
      const order = stepOrder(at.point, how);
      mode = { kind: "stepping", order, reach };
      at.release();
      // What the step passes cannot end where a part of it waits: out of a round go the other rounds too.
      for (const other of branches.all())
        if (isWithin(other.point.address, order.passes) && hitToCome(other, breakpoints) === null)
          other.release();
      return reach;
    },
    skip: (lane, leaveOut) => {
      const point = branches.at(lane)?.point;
      if (point?.kind !== "before") return null;
      mode = { kind: "stepping", order: stepOrder(point, "over"), reach: "all" };
      branches.drop(lane);
      leaveOut();
      setImmediate(stopWhereOthersWait);
      return "all";
    },
    retry: (lane, again) => {
      const point = branches.at(lane)?.point;
      if (point?.kind !== "after") return;
      // Of the stage that is tried again the next gate is the one before its next attempt.
      mode = { kind: "stepping", order: stepOrder(point, "into"), reach: "branch" };
      branches.drop(lane);
      again();
    },
    pause: () => {
      if (mode.kind === "running" || mode.kind === "stepping") mode = { kind: "pausing", reason: "pause" };
    },
    standStill: () => {
      if (mode.kind !== "free") mode = { kind: "stopped" };
    },
    letGo: () => {
      mode = { kind: "free" };
      for (const at of branches.all()) at.release();
    },
  };
}
