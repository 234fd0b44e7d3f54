import type { FailureFollowUp } from "#core/journal";
import type { AttemptStep, Failure, Json, JsonObject, StageAddress } from "#core/ports";

/** Where a run asks whether it may go on. Debugging is this and nothing else. */
export type GatePoint =
  | {
      readonly kind: "before";
      readonly address: StageAddress;
      readonly stage: string;
      readonly attempt: number;
      /** The branch that runs at the same time as others; the debugger's thread. Reused when a branch ends. */
      readonly lane: number;
      /** Resolved inputs, or why they could not be resolved (the stage fails with it next). */
      readonly inputs:
        | { readonly ok: true; readonly value: JsonObject }
        | { readonly ok: false; readonly failure: Failure };
    }
  | {
      readonly kind: "after";
      readonly address: StageAddress;
      readonly stage: string;
      readonly attempt: number;
      readonly lane: number;
      readonly outcome:
        | { readonly kind: "succeeded"; readonly output: Json }
        /** `next` is what follows: another attempt, or the end of the stage. */
        | { readonly kind: "failed"; readonly failure: Failure; readonly next: FailureFollowUp }
        | { readonly kind: "cancelled" };
      /** Aborts when the run waits for the gate no longer; one that is cancelled does not. Not there in a record. */
      readonly released?: AbortSignal;
    };

/** Where an attempt at a stage that asks a model can be held on its way, between its two gates. */
export interface StepPoint {
  readonly kind: "within";
  readonly address: StageAddress;
  readonly stage: string;
  readonly attempt: number;
  readonly lane: number;
  readonly inputs: JsonObject;
  readonly step: AttemptStep;
}

/**
 * Asked before and after each attempt, and within those that ask a model. Undefined lets the run go on at once; a promise
 * holds that branch until it resolves.
 */
export type Gate = (point: GatePoint | StepPoint) => Promise<void> | undefined;
