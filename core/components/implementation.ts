import type * as z from "zod";
import type { Scope, Value } from "#core/expressions";
import type {
  AttemptEvent,
  AttemptSteps,
  Directive,
  ExecutionPorts,
  Failure,
  FailureType,
  Json,
  JsonObject,
  StageAttempt,
} from "#core/ports";
import type { ComponentDefinition } from "./define.ts";

/** How an attempt ended. */
export type StageOutcome =
  | { readonly ok: true; readonly output: Json; readonly directive?: Directive }
  | { readonly ok: false; readonly failure: Failure };

/** What a component is given: everything it may know or touch. */
export interface Call<Inputs = JsonObject> {
  readonly inputs: Inputs;
  readonly attempt: StageAttempt;
  readonly ports: ExecutionPorts;
  /** How it is looked into on its way; undefined where nobody does. */
  readonly steps: AttemptSteps | undefined;
  readonly emit: (event: Exclude<AttemptEvent, { kind: "succeeded" | "failed" }>) => void;
  /** The attempt's scope with more names before all others. */
  readonly scope: (names: Readonly<Record<string, Value>>) => Scope;
}

/** A component type with its execution. */
export type Implementation =
  /** Ends at once: nothing to wait for, so nothing to cancel. */
  | {
      readonly kind: "immediate";
      readonly definition: ComponentDefinition;
      readonly execute: (call: Call) => StageOutcome;
    }
  /** Waits for the world outside, and stops soon after its signal aborts. */
  | {
      readonly kind: "waiting";
      readonly definition: ComponentDefinition;
      readonly execute: (call: Call, signal: AbortSignal) => Promise<StageOutcome>;
    };

/** Joins a definition to a function that computes the outcome at once. */
export function implement<Input extends z.ZodObject>(
  definition: ComponentDefinition<Input>,
  execute: (call: Call<z.output<Input>>) => StageOutcome,
): Implementation {
  // The executor completes the inputs by this very definition before it calls.
  return { kind: "immediate", definition, execute: execute as (call: Call) => StageOutcome };
}

/** Joins a definition to a function that waits for something. */
export function implementWaiting<Input extends z.ZodObject>(
  definition: ComponentDefinition<Input>,
  execute: (call: Call<z.output<Input>>, signal: AbortSignal) => Promise<StageOutcome>,
): Implementation {
  // As above.
  return {
    kind: "waiting",
    definition,
    execute: execute as (call: Call, signal: AbortSignal) => Promise<StageOutcome>,
  };
}

/** An outcome that no further try can change. */
export function failed(
  type: FailureType,
  message: string,
  field?: string,
): StageOutcome & { readonly ok: false } {
  return {
    ok: false,
    failure: { type, message, recoverable: false, ...(field === undefined ? {} : { field }) },
  };
}
