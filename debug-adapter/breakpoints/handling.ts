import { catches, type StagePlan } from "#core/engine";
import type { JournalEvent, OwnerDecision } from "#core/journal";
import { addressKey, type Failure, type FrameStep, type StageAddress } from "#core/ports";

/** Knows what becomes of a failure before it does: what the stages around it have decided is in the run's events. */
export interface Handling {
  record(event: JournalEvent): void;
  /** Whether a stage around the address tries again, catches it or goes on without it; if not, it ends the run. */
  isHandled(address: StageAddress, failure: Failure, planOf: PlanOf): boolean;
}

/** The stage at an address, as it was planned. */
export type PlanOf = (address: StageAddress) => StagePlan | undefined;

/** Before anything has happened. */
export function createHandling(): Handling {
  const decisions = new Map<string, OwnerDecision>();
  return {
    record: (event) => {
      if (event.kind === "stage-decided") decisions.set(addressKey(event.address), event.decision);
    },
    isHandled: ({ frames }, failure, planOf) =>
      frames.some((step, depth) => {
        const owner: StageAddress = { frames: frames.slice(0, depth), stage: step.owner };
        const plan = planOf(owner);
        if (plan?.onError === "continue") return true;
        const decision = decisions.get(addressKey(owner));
        return decision !== undefined && takes(decision, step, failure, plan);
      }),
  };
}

function takes(
  decision: OwnerDecision,
  step: FrameStep,
  failure: Failure,
  plan: StagePlan | undefined,
): boolean {
  switch (decision.kind) {
    case "try": {
      if (decision.swallow) return true;
      if (step.kind !== "arm" || step.arm !== "try") return false;
      const isCaught = plan?.owns.has("catch") === true && catches(decision.catchTypes, failure);
      return step.attempt <= decision.retries || isCaught;
    }
    case "iterate":
      return !decision.breakOnError;
    case "call": {
      const retry = plan?.retry ?? null;
      const helps = failure.recoverable || failure.type === "TIMEOUT";
      const isCalledAgain = step.kind === "subpipeline" && helps && step.attempt <= (retry?.maxRetries ?? 0);
      return decision.onError !== "propagate" || isCalledAgain;
    }
    case "matrix":
      return false;
  }
}
