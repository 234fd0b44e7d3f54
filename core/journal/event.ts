import type { Directive, Failure, Json, LogLevel, ModelRequest, ModelUsage, StageAddress } from "#core/ports";

/** A value by the hash of its canonical JSON: stored once in a journal however often it occurs. */
export type ValueRef = { readonly ref: string };

/** What happened, in order. `seq` counts from 0 in a run; `at` is milliseconds since 1970. */
export type JournalEvent = { readonly seq: number; readonly at: number } & JournalBody;

export type JournalBody =
  | { readonly kind: "run-started"; readonly format: 1; readonly runId: string; readonly pipeline: PipelineIdentity; readonly input: ValueRef; readonly provider: string | null }
  | { readonly kind: "stage-started"; readonly address: StageAddress; readonly attempt: number; readonly attemptKey: string; readonly componentType: string; readonly inputs: ValueRef }
  | { readonly kind: "stage-delta"; readonly address: StageAddress; readonly attempt: number; readonly channel: "output" | "reasoning"; readonly text: string }
  | { readonly kind: "stage-log"; readonly address: StageAddress; readonly attempt: number; readonly level: LogLevel; readonly message: string; readonly values?: ValueRef }
  | { readonly kind: "model-called"; readonly address: StageAddress; readonly attempt: number; readonly request: ModelRequest }
  | { readonly kind: "model-answered"; readonly address: StageAddress; readonly attempt: number; readonly usage: ModelUsage }
  | { readonly kind: "stage-succeeded"; readonly address: StageAddress; readonly attempt: number; readonly output: ValueRef; readonly directive?: Directive }
  | { readonly kind: "stage-failed"; readonly address: StageAddress; readonly attempt: number; readonly failure: Failure; readonly next: FailureFollowUp }
  | { readonly kind: "stage-skipped"; readonly address: StageAddress; readonly reason: string }
  | { readonly kind: "stage-cancelled"; readonly address: StageAddress; readonly attempt: number }
  | { readonly kind: "iteration-started"; readonly address: StageAddress; readonly index: number; readonly item: ValueRef }
  | { readonly kind: "iteration-finished"; readonly address: StageAddress; readonly index: number; readonly result: ValueRef | null; readonly failed: boolean }
  | { readonly kind: "variable-set"; readonly address: StageAddress; readonly name: string; readonly value: ValueRef }
  | { readonly kind: "run-finished"; readonly status: RunStatus; readonly output: ValueRef | null; readonly failure: RunFailure | null };

export interface PipelineIdentity {
  readonly name: string;
  /** Relative to the workspace, with `/`; null when the text came from elsewhere. */
  readonly path: string | null;
  /** Hash of the text. */
  readonly hash: string;
}

export type FailureFollowUp = { readonly kind: "retry"; readonly delayMs: number } | { readonly kind: "continue" } | { readonly kind: "propagate" };

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
  /** Resolves when everything appended so far is durable as the sink promises. */
  flush(): Promise<void>;
}
