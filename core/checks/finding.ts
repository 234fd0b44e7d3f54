import type { Fix, Severity, Span, Stage } from "#core/pipeline";
import type { RuleName } from "./rules.ts";

/** What a rule found. The span is relative to the stage's unit, as in the stage; absolute where there is no stage. */
export interface Finding {
  readonly rule: RuleName;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  readonly message: string;
  readonly span: Span;
  readonly related?: readonly RelatedPlace[];
  readonly fix?: Fix;
}

/** Another place that has to do with it. Stages are named by id, since a finding may outlive an edit of the other stage. */
export interface RelatedPlace {
  readonly message: string;
  readonly stage: string;
  /** Relative to the unit of that stage; null: its id. */
  readonly span: Span | null;
}

/** A finding of a rule about the pipeline as a whole. */
export interface PlacedFinding extends Finding {
  /** Null: it is about no stage. */
  readonly stage: Stage | null;
}
