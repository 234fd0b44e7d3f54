import type { OwnerDecision, RunFailure, RunStatus } from "#core/journal";
import { isJsonObject } from "#core/pipeline";
import type { Json } from "#core/ports";
import { Phase } from "../schedule/state.ts";
import type { PreparedCall } from "./calls.ts";
import type { RunFrame } from "./run-frame.ts";

/** What the frames of an owner gave, as it becomes known. */
export interface OwnerResults {
  readonly decision: OwnerDecision;
  /** What the component itself gave. */
  readonly base: Json;
  /** Iterate: by place, the items and what their rounds gave. */
  readonly items: readonly Json[];
  readonly results: Json[];
  readonly errors: { readonly index: number; readonly type: string; readonly message: string }[];
  /** Try: what each arm gave. */
  tried: Json;
  caught: Json;
  failure: RunFailure | null;
  recovered: boolean;
  /** Call: what is called; when its last round began, in milliseconds of the monotonic clock; how that ended. */
  readonly call: PreparedCall | null;
  startedAt: number;
  called: CallResult | null;
}

/** How a called pipeline ended. */
export interface CallResult {
  readonly status: RunStatus;
  readonly result: Json;
  readonly failure: RunFailure | null;
  readonly ms: number;
}

/** The result of a frame: what the last of its stages that succeeded gave, in the order of the owner's list. */
export function frameResult(frame: RunFrame): Json {
  const { phases } = frame.schedule;
  for (let index = phases.length - 1; index >= 0; index--) {
    if (phases[index] === Phase.succeeded) return frame.outputs[index] ?? null;
  }
  return null;
}

/** The owner's output, with what its frames gave in the fields that FlowMason has for it (facts, section 3). */
export function ownerOutput(results: OwnerResults): Json {
  const { decision, base } = results;
  const fields = isJsonObject(base) ? base : { value: base };
  switch (decision.kind) {
    case "iterate": {
      const count = results.items.length;
      return {
        ...fields,
        processed_items: count,
        current_item: results.items[count - 1] ?? null,
        current_index: decision.indexes[count - 1] ?? null,
        results: decision.collect ? results.results : [],
        // In the order of the items, whichever ended first.
        ...(results.errors.length > 0
          ? { errors: results.errors.toSorted((a, b) => a.index - b.index) }
          : {}),
        is_complete: results.errors.length === 0,
      };
    }
    case "matrix":
      return { ...fields, results: results.results };
    case "try": {
      const { failure, recovered } = results;
      return {
        ...fields,
        status: failure === null ? "success" : recovered ? "caught" : "error",
        error_occurred: failure !== null,
        error_message: failure?.message ?? null,
        error_type: failure?.type ?? null,
        recovered,
        try_result: results.tried,
        catch_result: results.caught,
      };
    }
    case "call": {
      const { called } = results;
      const hasFailed = called?.failure != null;
      return {
        ...fields,
        status: hasFailed ? "failed" : called?.status === "cancelled" ? "cancelled" : "completed",
        result: hasFailed && decision.onError === "default" ? decision.fallback : (called?.result ?? null),
        execution_time_ms: called?.ms ?? 0,
        error: called?.failure?.message ?? null,
      };
    }
  }
}
