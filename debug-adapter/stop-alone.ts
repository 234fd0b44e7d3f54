import type { Gate, GatePoint, StepPoint } from "#core/engine";
import type { StageAddress } from "#core/ports";
import { endsAt, endsWithin, follow, leaves, type StepOrder, stepOrder } from "./step-order.ts";
import {
  type BreakpointHit,
  type Breakpoints,
  type Entry,
  noBreakpoints,
  type Stop,
  type Stops,
  type TellStop,
} from "./stops.ts";
import { createWaitingBranches, hitToCome } from "./waiting-branches.ts";

/** Stops of a run whose branches each stop by themselves: where one does, the others run on. */
export function stopAlone(entry: Entry, told: TellStop, begun: readonly StageAddress[]): Stops {
  const branches = createWaitingBranches(begun);
  /** By branch: those that are to stop at their next gate, and the steps that are under way. */
  const pausing = new Set<number>();
  const steps = new Map<number, StepOrder>();
  /** The gate that each branch came to last. */
  const lastGates = new Map<number, GatePoint>();
  let breakpoints: Breakpoints = noBreakpoints;
  /** `entering`: the first gate stops. `still`: each branch waits at its next gate. `free`: nothing stops. */
  let mode: "entering" | "running" | "still" | "free" = entry === "stop-on-entry" ? "entering" : "running";

  const stop = (lane: number, why: Stop): void => {
    pausing.delete(lane);
    steps.delete(lane);
    const at = branches.at(lane);
    if (at !== undefined) at.told = true;
    told(lane, why);
  };

  const decide = (point: GatePoint, hit: BreakpointHit | null): Stop | "wait" | "pass" => {
    const isGone = point.kind === "after" && point.outcome.kind === "cancelled";
    if (mode === "free" || isGone) return "pass";
    if (mode === "still") return "wait";
    if (hit !== null) return hit;
    if (mode === "entering" && point.kind === "before") {
      mode = "running";
      return { reason: "entry" };
    }
    if (pausing.has(point.lane)) return { reason: "pause" };
    const order = steps.get(point.lane);
    return order !== undefined && endsAt(order, point, "its-branch") ? { reason: "step" } : "pass";
  };

  const followSteps = (point: GatePoint): void => {
    for (const [lane, order] of steps) {
      const followed = follow(order, point);
      if (followed === order) continue;
      steps.delete(lane);
      steps.set(followed.lane, followed);
    }
  };

  /** A step whose branch has ended with nothing after it is over: another branch may get its number. */
  const dropEnded = (point: GatePoint): void => {
    const order = steps.get(point.lane);
    if (order === undefined || !leaves(order, point)) return;
    setImmediate(() => {
      if (lastGates.get(point.lane) === point && steps.get(point.lane) === order) steps.delete(point.lane);
    });
  };

  /** Where all stand still and the branch is gone that the client looks at, one of those that wait comes next. */
  const stopWhereOthersWait = (): void => {
    if (mode !== "still" || branches.all().some(({ told: isTold }) => isTold)) return;
    const [other] = branches.all();
    if (other !== undefined) stop(other.point.lane, hitToCome(other, breakpoints) ?? { reason: "pause" });
  };

  /** Only steps and pause stop within an attempt. */
  const within = (point: StepPoint): Promise<void> | undefined => {
    if (mode === "free") return undefined;
    const order = steps.get(point.lane);
    const why = pausing.has(point.lane) ? "pause" : order === undefined ? null : endsWithin(order, point);
    if (why === null) return undefined;
    const released = branches.wait(point, null);
    stop(point.lane, { reason: why });
    return released;
  };

  const gate: Gate = (point) => {
    if (point.kind === "within") return within(point);
    branches.come(point);
    lastGates.set(point.lane, point);
    if (steps.size > 0) followSteps(point);
    const hit = mode === "free" ? null : breakpoints.hitAt(point);
    const decision = decide(point, hit);
    if (decision === "pass") {
      branches.pass(point);
      dropEnded(point);
      if (mode === "still") setImmediate(stopWhereOthersWait);
      return undefined;
    }
    const released = branches.wait(point, hit);
    if (decision === "wait") setImmediate(stopWhereOthersWait);
    else stop(point.lane, decision);
    // It may be gone without having been told to go on.
    return point.kind === "before" ? released : released.then(() => void setImmediate(stopWhereOthersWait));
  };

  /** After all stood still, those that only waited for that go on; what they came to there is still to be told. */
  const goOn = (): void => {
    if (mode !== "still") return;
    mode = "running";
    for (const at of branches.all()) {
      if (at.told) continue;
      const hit = hitToCome(at, breakpoints);
      if (hit === null) at.release();
      else stop(at.point.lane, hit);
    }
  };

  return {
    gate,
    setBreakpoints: (set) => {
      breakpoints = set;
    },
    decided: branches.decided,
    waitingAt: (lane) => branches.at(lane)?.point,
    isStopped: () => branches.isAnyWaiting(),
    resume: (lane) => {
      branches.at(lane)?.release();
      goOn();
      return "branch";
    },
    resumeAll: () => {
      for (const at of branches.all()) if (at.told) at.release();
      goOn();
    },
    step: (lane, how) => {
      const at = branches.at(lane);
      if (at === undefined) return "branch";
      steps.set(lane, stepOrder(at.point, how));
      at.release();
      goOn();
      return "branch";
    },
    skip: (lane, leaveOut) => {
      const point = branches.at(lane)?.point;
      if (point?.kind !== "before") return null;
      steps.set(lane, stepOrder(point, "over"));
      branches.drop(lane);
      leaveOut();
      goOn();
      return "branch";
    },
    retry: (lane, again) => {
      const point = branches.at(lane)?.point;
      if (point?.kind !== "after") return;
      steps.set(lane, stepOrder(point, "into"));
      branches.drop(lane);
      again();
      goOn();
    },
    pause: (lane) => {
      if (mode !== "free" && branches.at(lane) === undefined) pausing.add(lane);
    },
    standStill: () => {
      if (mode !== "free") mode = "still";
    },
    letGo: () => {
      mode = "free";
      for (const at of branches.all()) at.release();
    },
  };
}
