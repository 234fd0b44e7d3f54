import type { GatePoint } from "#core/engine";
import type { Scope } from "#core/expressions";
import type { JsonObject, StageAddress } from "#core/ports";

/**
 * What expressions see where a branch stands at a gate: what those of its stage see, and after an attempt that failed
 * the failure, as `error`.
 */
export function scopeAtGate(scopeAt: (address: StageAddress) => Scope, point: GatePoint): Scope {
  const scope = scopeAt(point.address);
  if (point.kind === "before" || point.outcome.kind !== "failed") return scope;
  const error = errorAt(point, point.outcome);
  return {
    resolve: (name) => (name === "error" ? { kind: "value", value: error } : scope.resolve(name)),
    names: function* () {
      yield "error";
      yield* scope.names();
    },
  };
}

/** A failure as expressions see it: with the attempt that it ended, from 1, and what comes next. */
function errorAt(
  { stage, attempt }: GatePoint,
  { failure, next }: Extract<Extract<GatePoint, { kind: "after" }>["outcome"], { kind: "failed" }>,
): JsonObject {
  const { type, message, recoverable, field, details } = failure;
  return {
    stage,
    attempt,
    type,
    message,
    recoverable,
    next: next.kind,
    field: field ?? null,
    details: details ?? null,
  };
}
