import type { FailureFollowUp } from "#core/journal";
import type { Failure, RandomPort } from "#core/ports";
import type { StagePlan } from "../plan/run-plan.ts";

/**
 * What follows a failure: another attempt while the stage has one left and trying again can help, else what
 * `on_error` says. The wait doubles, or grows by the stage's own factor, up to its limit, give or take a quarter
 * by chance (facts, section 4.7).
 */
export function followUp(
  stage: StagePlan,
  attempt: number,
  failure: Failure,
  random: RandomPort,
): FailureFollowUp {
  const { retry, onError } = stage;
  const helps = failure.recoverable || failure.type === "TIMEOUT";
  if (retry === null || attempt > retry.maxRetries || !helps) return { kind: onError };
  const wait = Math.min(retry.initialDelayMs * retry.backoffMultiplier ** (attempt - 1), retry.maxDelayMs);
  return { kind: "retry", delayMs: Math.round(wait * (0.75 + random.next() / 2)) };
}
