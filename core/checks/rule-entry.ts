import type { Severity } from "#core/pipeline";

/** What the table says of a rule besides its name. */
export interface RuleEntry {
  /** `FM1` and three digits. */
  readonly code: string;
  /** Unless a finding says otherwise. */
  readonly severity: Severity;
  /** What it finds, as a heading. */
  readonly title: string;
}
