import type { StageAddress } from "#core/ports";
import type { PipelineIdentity, RunFailure } from "./run-event.ts";
import type { ValueRef } from "./value-ref.ts";

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
