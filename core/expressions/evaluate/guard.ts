import { takeSteps } from "./budget.ts";
import { Fault } from "./fault.ts";
import type { Frame, Step } from "./frame.ts";

/**
 * Makes a missing path null, and also an operation that fails because of one: where `data.score` is missing,
 * `data.score > 70` is null in a guarded place. Other failures stay failures.
 */
export function guard(step: Step): Step {
  return (frame) => {
    const before = frame.missing;
    try {
      return step(frame);
    } catch (error) {
      if (!(error instanceof Fault) || !isMissing(error, frame, before)) throw error;
      takeSteps(frame.budget, STEPS_PER_FAULT);
      frame.missing++;
      return null;
    }
  };
}

/** Throwing and catching costs more than one operation. */
const STEPS_PER_FAULT = 20;

/**
 * The same where what is missing has been answered for: by `not`, by the branch that a test chose, by the other side
 * of `or`. What surrounds it is then not missing anything.
 */
export function settle(step: Step): Step {
  const guarded = guard(step);
  return (frame) => {
    const before = frame.missing;
    const value = guarded(frame);
    frame.missing = before;
    return value;
  };
}

function isMissing(fault: Fault, frame: Frame, before: number): boolean {
  if (fault.code === "missing") return true;
  return fault.code === "type" && frame.missing > before;
}
