import type { GatePoint, StepPoint } from "#core/engine";
import { addressKey } from "#core/ports";
import { isWithin, passedBy, type StepKind, type StepRange } from "./step-range.ts";

/** A step of one branch. */
export interface StepOrder {
  readonly passes: StepRange | "everything";
  /** The branch that it is on. */
  readonly lane: number;
  /** The stage that it began at. */
  readonly from: string;
  /**
   * Which steps within the attempt at that stage end it. `next`: the next one. `none`: no one. Where it began at one of
   * them, the end of the attempt does too, be it by the next one or `out` of them.
   */
  readonly inside: "none" | "next" | "next-or-end" | "end";
}

export function stepOrder(point: GatePoint | StepPoint, how: StepKind): StepOrder {
  const at = { lane: point.lane, from: addressKey(point.address) };
  if (point.kind === "within") return { ...at, passes: null, inside: how === "out" ? "end" : "next-or-end" };
  return { ...at, passes: passedBy(point, how), inside: how === "into" ? "next" : "none" };
}

/**
 * The step as it goes on once a stage has come to a gate: what a stage owns may end on another branch than it began on,
 * and so may the wait before a retry.
 */
export function follow(order: StepOrder, point: GatePoint): StepOrder {
  if (point.lane === order.lane) return order;
  const isRetry = point.kind === "before" && point.attempt > 1 && addressKey(point.address) === order.from;
  return isRetry || (point.kind === "after" && isOwnerOf(order.passes, point))
    ? { ...order, lane: point.lane }
    : order;
}

/** Whether the step is to stop at a gate of its own branch, or of any. */
export function endsAt(order: StepOrder, point: GatePoint, on: "its-branch" | "any-branch"): boolean {
  if (point.kind === "after") return isInside(order) && isOfItsStage(order, point);
  if (isWithin(point.address, order.passes)) return false;
  return on === "any-branch" || point.lane === order.lane;
}

/** Why the step is to stop within an attempt; null where it is not. What streams is gone past. */
export function endsWithin(order: StepOrder, point: StepPoint): "step" | null {
  if (point.step.kind === "streaming" || !isOfItsStage(order, point)) return null;
  return order.inside === "next" || order.inside === "next-or-end" ? "step" : null;
}

/** Whether a gate has to do with the step: on its branch, or in what it passes. */
export function concerns(order: StepOrder, point: GatePoint): boolean {
  return point.lane === order.lane || isWithin(point.address, order.passes);
}

/** Whether the stage at a gate ends there for good, and nothing of what the step passes is left on its branch. */
export function leaves(order: StepOrder, point: GatePoint): boolean {
  if (point.kind === "before" || isWithin(point.address, order.passes)) return false;
  return point.outcome.kind !== "failed" || point.outcome.next.kind !== "retry";
}

function isInside({ inside }: StepOrder): boolean {
  return inside === "next-or-end" || inside === "end";
}

function isOfItsStage({ lane, from }: StepOrder, point: GatePoint | StepPoint): boolean {
  return point.lane === lane && addressKey(point.address) === from;
}

function isOwnerOf(range: StepRange | "everything", { address }: GatePoint): boolean {
  if (range === null || range === "everything") return false;
  return addressKey(address) === addressKey({ frames: range.frames, stage: range.owner });
}
