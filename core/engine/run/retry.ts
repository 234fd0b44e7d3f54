import type { FailureFollowUp } from "#core/journal";
import { type Failure, type RandomPort, waitBeforeRetry } from "#core/ports";
import type { StagePlan } from "../plan/run-plan.ts";

/**
 * What follows a failure: another attempt while the stage has one left and trying again can help, else what
 * `on_error` says. The wait doubles, or grows by the stage's own factor, up to its limit, give or take a quarter
 * by chance (facts, section 4.7). Where the server said how long it wants to be left alone, the wait is at least that,
 * whatever the stage's limit.
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
  const backOff = Math.round(wait * (0.75 + random.next() / 2));
  return { kind: "retry", delayMs: waitBeforeRetry(backOff, failure.retryAfterMs) };
}
