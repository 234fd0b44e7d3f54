import type { FailureFollowUp } from "#core/journal";
import type { Failure, Json, JsonObject, StageAddress } from "#core/ports";

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
    };

/** Asked before and after each step. Undefined lets the run go on at once; a promise holds that branch until it resolves. */
export type Gate = (point: GatePoint) => Promise<void> | undefined;
