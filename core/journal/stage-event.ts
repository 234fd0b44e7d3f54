import type {
  CacheOutcome,
  Failure,
  LogLevel,
  ModelRequest,
  ModelUsage,
  Question,
  QuestionEnd,
  StageAddress,
} from "#core/ports";
import type { FinalDecision, OwnerDecision } from "./decision.ts";
import type { ValueRef } from "./value-ref.ts";

/** What happened to one stage. A stage has exactly one of succeeded, skipped, cancelled, or failed without retry. */
export type StageEvent =
  | {
      readonly kind: "stage-started";
      readonly address: StageAddress;
      readonly attempt: number;
      readonly attemptKey: string;
      readonly componentType: string;
      readonly inputs: ValueRef;
    }
  | {
      readonly kind: "stage-delta";
      readonly address: StageAddress;
      readonly attempt: number;
      readonly channel: "output" | "reasoning";
      readonly text: string;
    }
  | {
      readonly kind: "stage-log";
      readonly address: StageAddress;
      readonly attempt: number;
      readonly level: LogLevel;
      readonly message: string;
      readonly values?: ValueRef;
    }
  | {
      readonly kind: "model-called";
      readonly address: StageAddress;
      readonly attempt: number;
      readonly request: ModelRequest;
    }
  | {
      readonly kind: "model-answered";
      readonly address: StageAddress;
      readonly attempt: number;
      readonly usage: ModelUsage;
      /** Why the answer ended where it did: `stop`, `length` …; absent where the call failed. */
      readonly finishReason?: string;
    }
  /** What the cache of outputs did for an attempt: before the component would run, and once it has succeeded. */
  | {
      readonly kind: "stage-cache";
      readonly address: StageAddress;
      readonly attempt: number;
      readonly outcome: CacheOutcome;
    }
  /** A person was asked. `attempt` is 0 where the question comes before the stage itself begins. */
  | {
      readonly kind: "question-asked";
      readonly address: StageAddress;
      readonly attempt: number;
      readonly question: Question;
    }
  /** The question was answered, or is not asked any longer; a stage that ends with one open has withdrawn it. */
  | {
      readonly kind: "question-closed";
      readonly address: StageAddress;
      readonly attempt: number;
      readonly id: string;
      readonly end: QuestionEnd;
    }
  /** A control-flow stage that owns others said what to do with them; it ends when they have. */
  | {
      readonly kind: "stage-decided";
      readonly address: StageAddress;
      readonly attempt: number;
      readonly output: ValueRef;
      readonly decision: OwnerDecision;
    }
  | {
      readonly kind: "stage-succeeded";
      readonly address: StageAddress;
      readonly attempt: number;
      readonly output: ValueRef;
      readonly decision?: FinalDecision;
    }
  /** `attempt` is 0 where the stage failed before its first. */
  | {
      readonly kind: "stage-failed";
      readonly address: StageAddress;
      readonly attempt: number;
      readonly failure: Failure;
      readonly next: FailureFollowUp;
    }
  | {
      readonly kind: "stage-skipped";
      readonly address: StageAddress;
      readonly reason: string;
      /** Why in a word, for a machine. `upstream-failed` counts as failed in trigger rules. */
      readonly cause: SkipCause;
    }
  /** `attempt` is 0 where none had begun. */
  | { readonly kind: "stage-cancelled"; readonly address: StageAddress; readonly attempt: number }
  /**
   * A person had the stage tried again where it stood still after attempt `attempt`, before anything had heard of how
   * that ended: its end counts no longer, and another attempt follows.
   */
  | { readonly kind: "stage-retried"; readonly address: StageAddress; readonly attempt: number }
  | {
      readonly kind: "variable-set";
      readonly address: StageAddress;
      readonly name: string;
      readonly value: ValueRef;
    }
  /**
   * A person set a value by hand where the run stood still in a debugger: it holds from here on, and what was recorded
   * before stays. Of inputs for this attempt, which is still to begin; of an output before anything has used it.
   */
  | {
      readonly kind: "value-overridden";
      readonly address: StageAddress;
      /** 0 for a variable. */
      readonly attempt: number;
      readonly target: OverrideTarget;
      /** Where in the target it was set; empty for all of it. */
      readonly path: readonly (string | number)[];
      /** The whole target, as it was and as it is. */
      readonly before: ValueRef;
      readonly value: ValueRef;
    };

/** What is overridden: all inputs of a stage, its output, or a variable of the frame of its address. */
export type OverrideTarget =
  | { readonly kind: "inputs" | "output" }
  | { readonly kind: "variable"; readonly name: string };

/** What comes after a failed attempt: another one, the rest of the run, or its end. */
export type FailureFollowUp =
  | { readonly kind: "retry"; readonly delayMs: number }
  | { readonly kind: "continue" }
  | { readonly kind: "propagate" };

/** Why a stage did not run. */
export type SkipCause =
  /** `enabled: false`. */
  | "disabled"
  /** `when` or `skip_if` said so. */
  | "condition"
  /** A person refused it. */
  | "refused"
  /** A conditional or router took another branch, or was itself skipped. */
  | "branch"
  /** The trigger rule was not met. */
  | "upstream-skipped"
  | "upstream-failed"
  /** An unguarded expression names a skipped stage. */
  | "reference"
  /** The run, or the frame around the stage, ended before it began. */
  | "ended";
