/** An id that can stand in an expression (facts, section 1.1). */
export const STAGE_ID = /^[a-zA-Z][a-zA-Z0-9_-]*$/;

/** What happens when a stage fails (facts, sections 1.1 and 4). */
export const ON_ERROR = ["propagate", "continue", "retry"] as const;

/** Airflow's trigger rules (design, "Execution"). */
export const triggerRules = [
  "all_success",
  "all_failed",
  "all_done",
  "all_done_min_one_success",
  "all_skipped",
  "one_failed",
  "one_success",
  "one_done",
  "none_failed",
  "none_failed_min_one_success",
  "none_skipped",
  "always",
] as const;
