import type {
  Directive,
  Failure,
  Json,
  LogLevel,
  ModelRequest,
  ModelUsage,
  Question,
  QuestionEnd,
  StageAddress,
} from "#core/ports";

/** A value by the hash of its JSON text: stored once in a journal however often it occurs. */
export interface ValueRef {
  readonly ref: string;
}

/** A value with its JSON text and that text's hash. */
export interface EncodedJson {
  readonly value: Json;
  readonly text: string;
  readonly hash: string;
}

/** What happened, in order. `seq` counts from 0 in a run; `at` is milliseconds since 1970. */
export type JournalEvent = { readonly seq: number; readonly at: number } & JournalBody;

export type JournalBody = RunEvent | StageEvent | OwnerEvent;

/** The beginning and the end. */
export type RunEvent =
  | {
      readonly kind: "run-started";
      readonly format: 1;
      readonly runId: string;
      readonly pipeline: PipelineIdentity;
      readonly input: ValueRef;
      /** What `--provider` said, when it did. */
      readonly provider: string | null;
      /** What markers of secrets have in them; there where the run has secrets. */
      readonly secretMark?: string;
    }
  /** The run is to stop before its end: someone cancelled it (`failure` is null), or it went over a limit. */
  | { readonly kind: "run-ending"; readonly failure: RunFailure | null }
  | {
      readonly kind: "run-finished";
      readonly status: RunStatus;
      readonly output: ValueRef | null;
      readonly failure: RunFailure | null;
    };

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
  | {
      readonly kind: "variable-set";
      readonly address: StageAddress;
      readonly name: string;
      readonly value: ValueRef;
    };

/** A directive that is carried out as its stage ends, with its values in the journal's store. */
export type FinalDecision =
  | Extract<Directive, { kind: "branch" }>
  | Recorded<Extract<Directive, { kind: "return" }>, "value">;

/** A directive of a stage that owns others. */
export type OwnerDecision =
  | Recorded<Extract<Directive, { kind: "iterate" }>, "items">
  | Extract<Directive, { kind: "try" }>
  | Recorded<Extract<Directive, { kind: "call" }>, "input">
  /** Not the component's but the engine's: the legs of `strategy.matrix`, which run as rounds do. */
  | {
      readonly kind: "matrix";
      readonly items: ValueRef;
      readonly indexes: readonly number[];
      readonly parallel: number;
      readonly breakOnError: boolean;
    };

/** `T` with the value at `K` stored in the journal. */
type Recorded<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]: ValueRef };

/** Rounds, arms and calls of a stage that owns others; `address` is the owner's. */
export type OwnerEvent =
  | {
      readonly kind: "iteration-started";
      readonly address: StageAddress;
      /** Of the item in the list that was given, before filtering. */
      readonly index: number;
      readonly item: ValueRef;
    }
  | {
      readonly kind: "iteration-finished";
      readonly address: StageAddress;
      readonly index: number;
      /** Null when the iteration did not end well. */
      readonly result: ValueRef | null;
      readonly ended: FrameEnd;
    }
  | {
      readonly kind: "arm-started";
      readonly address: StageAddress;
      readonly arm: "try" | "catch" | "finally";
      readonly attempt: number;
    }
  | {
      readonly kind: "arm-finished";
      readonly address: StageAddress;
      readonly arm: "try" | "catch" | "finally";
      readonly attempt: number;
      readonly result: ValueRef | null;
      readonly ended: FrameEnd;
    }
  | {
      readonly kind: "call-started";
      readonly address: StageAddress;
      /** Of the call, from 1: a stage with `retry` calls again after a failure that trying again can mend. */
      readonly attempt: number;
      readonly pipeline: PipelineIdentity;
      /** With the defaults of the called pipeline's `input_schema`. */
      readonly input: ValueRef;
    }
  | {
      readonly kind: "call-finished";
      readonly address: StageAddress;
      readonly attempt: number;
      readonly pipeline: PipelineIdentity;
      readonly result: ValueRef | null;
      readonly ended: FrameEnd;
      /** Milliseconds until it is called again; null when it is not. */
      readonly againInMs: number | null;
    }
  /** The stage is to stop before its end, with what it owns: it went over its limit. */
  | { readonly kind: "stage-ending"; readonly address: StageAddress; readonly failure: RunFailure };

/** How an iteration, an arm or a called pipeline ended. */
export type FrameEnd =
  | { readonly kind: "completed" }
  | { readonly kind: "failed"; readonly failure: RunFailure }
  | { readonly kind: "returned" }
  | { readonly kind: "cancelled" };

export interface PipelineIdentity {
  readonly name: string;
  /** Relative to the workspace, with `/`; null when the text came from elsewhere. */
  readonly path: string | null;
  /** Hash of the text. */
  readonly hash: string;
}

export type FailureFollowUp =
  | { readonly kind: "retry"; readonly delayMs: number }
  | { readonly kind: "continue" }
  | { readonly kind: "propagate" };

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

export type RunStatus = "succeeded" | "failed" | "cancelled";

/** The failure that ended the run, and where. */
export interface RunFailure extends Failure {
  readonly stage: string | null;
}

export type StageStatus = "waiting" | "running" | "succeeded" | "failed" | "skipped" | "cancelled";

/** Values travel beside events; a sink stores each hash once. */
export interface JournalSink {
  /** Buffered and in order; never waits. */
  append(event: JournalEvent): void;
  /** Returns the reference under which the value is stored. */
  put(value: Json): ValueRef;
  /** The same for one that is encoded already: what a plan holds is stored in many rounds and runs. */
  putEncoded(encoded: EncodedJson): ValueRef;
  /** Resolves when everything appended so far is durable as the sink promises. */
  flush(): Promise<void>;
}
