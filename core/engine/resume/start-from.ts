import type { JournalBody, JournalEvent, ValueRef } from "#core/journal";
import type { Json } from "#core/ports";

/** A record that a run goes on from. */
export interface StartFrom {
  /** What counts of it, in order, from `run-started` on. */
  readonly events: readonly JournalEvent[];
  /** Throws for a value that the record does not have. */
  value(ref: ValueRef): Json;
  /** What is recorded first; for a fork after a beginning of its own and a copy of `events`. */
  readonly resumed: Extract<JournalBody, { kind: "run-resumed" }>;
  /** The number of the next event of the journal. */
  readonly nextSeq: number;
  /** All that the run itself had recorded, also what does not count any longer: it was paid for, and took its time. */
  readonly own: readonly JournalEvent[];
  /** Whether the run's result was delivered, and nothing is missing but the run's end. */
  readonly isDelivered: boolean;
}
