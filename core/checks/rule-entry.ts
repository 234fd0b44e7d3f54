import type { Severity } from "#core/pipeline";

/** What the table says of a rule besides its name. */
export interface RuleEntry {
  /** `FM1` and three digits. */
  readonly code: string;
  /** Unless a finding says otherwise. */
  readonly severity: Severity;
  /** What it finds, as a heading. */
  readonly title: string;
  /** Neither a setting nor `$ignore` changes it: nothing can be made of the file, or it is about them. */
  readonly fixed?: true;
  /** What it marks could go without a loss: editors draw it faded. */
  readonly unnecessary?: true;
}
