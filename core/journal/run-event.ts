import type { Failure } from "#core/ports";
import type { ValueRef } from "./value-ref.ts";

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

/** Which pipeline, and which text of it. */
export interface PipelineIdentity {
  readonly name: string;
  /** Relative to the workspace, with `/`; null when the text came from elsewhere. */
  readonly path: string | null;
  /** Hash of the text. */
  readonly hash: string;
}

/** How a run ended. */
export type RunStatus = "succeeded" | "failed" | "cancelled";

/** The failure that ended the run, and where. */
export interface RunFailure extends Failure {
  readonly stage: string | null;
}
