import { triggerRules } from "#core/pipeline";

/** When a stage may start, by how those it depends on ended. */
export type TriggerRule = (typeof triggerRules)[number];

export const defaultTriggerRule: TriggerRule = "none_failed_min_one_success";

/** The rule of that name; undefined when there is none. `none_failed_or_skipped` is Airflow's old name of the default. */
export function findTriggerRule(name: string): TriggerRule | undefined {
  if (name === "none_failed_or_skipped") return defaultTriggerRule;
  return triggerRules.find((rule) => rule === name);
}

/** How many of the stages it depends on ended in which way, and how many have not ended. */
export interface Tally {
  readonly succeeded: number;
  /** Failed, cancelled, or skipped because one before them failed. */
  readonly failed: number;
  readonly skipped: number;
  readonly pending: number;
}

export type Verdict = "run" | "wait" | "skip-for-failure" | "skip-for-skip";

/**
 * What a rule says of a tally. `wait` only while something is pending: rules with `one_` and `always` need not wait
 * for the rest, and none waits for what can no longer change its answer to yes. A stage that depends on nothing runs.
 */
export function applyTriggerRule(rule: TriggerRule, tally: Tally): Verdict {
  const { succeeded, failed, skipped, pending } = tally;
  if (rule === "always") return "run";
  if (succeeded + failed + skipped + pending === 0) return "run";
  const done = succeeded + failed + skipped;
  if (rule === "one_success" && succeeded > 0) return "run";
  if (rule === "one_failed" && failed > 0) return "run";
  if (rule === "one_done" && succeeded + failed > 0) return "run";
  if (pending > 0) return "wait";
  if (holds(rule, tally, done)) return "run";
  return failed > 0 && wantsSuccess(rule) ? "skip-for-failure" : "skip-for-skip";
}

/** Whether the rule lets a stage run although one before it failed: after a failure that ends the run, such stages clean up. */
export function acceptsFailure(rule: TriggerRule): boolean {
  switch (rule) {
    case "all_failed":
    case "all_done":
    case "all_done_min_one_success":
    case "one_failed":
    case "one_done":
    case "always":
      return true;
    case "all_success":
    case "all_skipped":
    case "one_success":
    case "none_failed":
    case "none_failed_min_one_success":
    case "none_skipped":
      return false;
  }
}

/** Whether the rule lets a stage run when all it depends on has succeeded, and no sooner. */
export function waitsForSuccess(rule: TriggerRule): boolean {
  const beforeLast = applyTriggerRule(rule, { succeeded: 1, failed: 0, skipped: 0, pending: 1 });
  return beforeLast === "wait" && holds(rule, { succeeded: 2, failed: 0, skipped: 0, pending: 0 }, 2);
}

/** Whether a failure is the reason when such a rule is not met. */
function wantsSuccess(rule: TriggerRule): boolean {
  switch (rule) {
    case "all_success":
    case "all_done_min_one_success":
    case "one_success":
    case "none_failed":
    case "none_failed_min_one_success":
      return true;
    case "all_failed":
    case "all_done":
    case "all_skipped":
    case "one_failed":
    case "one_done":
    case "none_skipped":
    case "always":
      return false;
  }
}

/** Once nothing is pending. */
function holds(rule: TriggerRule, { succeeded, failed, skipped }: Tally, done: number): boolean {
  switch (rule) {
    case "all_success":
      return succeeded === done;
    case "all_failed":
      return failed === done;
    case "all_done":
      return true;
    case "all_done_min_one_success":
      return succeeded > 0;
    case "all_skipped":
      return skipped === done;
    case "one_failed":
    case "one_success":
    case "one_done":
      return false;
    case "none_failed":
      return failed === 0;
    case "none_failed_min_one_success":
      return failed === 0 && succeeded > 0;
    case "none_skipped":
      return skipped === 0;
    case "always":
      return true;
  }
}
