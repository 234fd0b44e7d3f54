import type { Scope } from "#core/expressions";
import { isJsonObject, mostLegs, readStrategy } from "#core/pipeline";
import type { Json, JsonObject } from "#core/ports";
import type { StagePlan } from "../plan/run-plan.ts";
import { leaveLane } from "./conclude.ts";
import { keepResults } from "./keep-results.ts";
import type { Live } from "./live.ts";
import { type Resolved, resolveFields } from "./resolve-inputs.ts";
import type { Session } from "./session.ts";

/** The legs of a stage's matrix now, with how they are run: what the stage that has the matrix takes as its inputs. */
export function resolveMatrix(stage: StagePlan, scope: Scope, now: string): Resolved<JsonObject> {
  const resolved = resolveFields(stage.inputs.fields, scope, now);
  if (resolved.kind !== "ok") return resolved;
  const strategy = readStrategy(new Map(Object.entries(resolved.value)));
  if (!strategy.ok) {
    const { message } = strategy.fault;
    return {
      kind: "failed",
      failure: { type: "VALIDATION", message, recoverable: false, field: "strategy" },
    };
  }
  const { legs, failFast, maxParallel } = strategy;
  return { kind: "ok", value: { legs, fail_fast: failFast, max_parallel: maxParallel } };
}

/** Begins a stage that has a matrix: the engine itself says what its legs are. */
export function beginMatrix(session: Session, live: Live, inputs: JsonObject): void {
  const { recorder } = session;
  const { address, attempt } = live;
  const legs = (inputs["legs"] ?? []) as readonly JsonObject[]; // as resolveMatrix made them
  const parallel = inputs["max_parallel"];
  const decision = {
    kind: "matrix",
    items: recorder.put(legs),
    indexes: legs.map((_, index) => index),
    parallel: typeof parallel === "number" ? parallel : mostLegs,
    breakOnError: inputs["fail_fast"] !== false,
  } as const;
  const base: Json = { total_legs: legs.length, matrix: legs, results: [] };
  keepResults(session, live, { decision, base, items: legs, call: null });
  live.ended = true;
  const event = recorder.record({
    kind: "stage-decided",
    address,
    attempt,
    output: recorder.put(base),
    decision,
  });
  leaveLane(session, live);
  session.apply(event);
}

/** A leg as a message names it: `os: linux, node: 20`. */
export function nameOfLeg(leg: Json): string {
  if (!isJsonObject(leg)) return JSON.stringify(leg);
  return Object.entries(leg)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
}
