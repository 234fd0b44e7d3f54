import type { Failure, StageAddress } from "#core/ports";
import type { ValueRef } from "./value-ref.ts";

/** The beginning and the end. */
export type RunEvent =
  | {
      readonly kind: "run-started";
      readonly format: 1;
      readonly runId: string;
      readonly pipeline: PipelineIdentity;
      readonly input: ValueRef;
      /** The texts of the pipeline and of those it extends and calls by name: by path, its own by "" where it has none. */
      readonly sources?: ValueRef;
      /** What `--provider` said, when it did. */
      readonly provider: string | null;
      /** What markers of secrets have in them; there where the run has secrets. */
      readonly secretMark?: string;
    }
  /**
   * The run goes on after it had stopped, or a new one goes on from another's record: what came before is from the
   * record, and what of it counts no longer is named here.
   */
  | {
      readonly kind: "run-resumed";
      readonly fork: ForkOrigin | null;
      /** Stages that have not run as far as this run goes on: they run again, or are left out. */
      readonly again: readonly StageAddress[];
      /** Stages whose own stages are among those: they had ended, and are at work again. */
      readonly reopened: readonly { readonly address: StageAddress; readonly output: ValueRef | null }[];
      /** Variables that are not as they were: their value from here on, null where they are not set. */
      readonly variables: readonly {
        readonly frames: StageAddress["frames"];
        readonly name: string;
        readonly value: ValueRef | null;
      }[];
      /** The events of this journal that count no longer: the first and the last of each row of them. */
      readonly dropped: readonly (readonly [number, number])[];
    }
  /** The run is to stop before its end: someone cancelled it (`failure` is null), or it went over a limit. */
  | { readonly kind: "run-ending"; readonly failure: RunFailure | null }
  | {
      readonly kind: "run-finished";
      readonly status: RunStatus;
      readonly output: ValueRef | null;
      readonly failure: RunFailure | null;
    };

/** Where a forked run comes from. */
export interface ForkOrigin {
  readonly runId: string;
  /** The last event of that run that was looked at. */
  readonly seq: number;
  /** What was changed, in words that `fm fork` took: `input.name`, `report.output`, `pipeline`. */
  readonly changes: readonly string[];
}

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
