import type { GatePoint, StepPoint } from "#core/engine";
import type { Scope } from "#core/expressions";
import type { FailureFollowUp } from "#core/journal";
import type { Failure, JsonObject, StageAddress } from "#core/ports";

/**
 * What expressions see where a branch stands at a gate: what those of its stage see, and after an attempt that failed
 * the failure, as `error`; before an attempt what it gets, as `inputs`, where nothing else is called that.
 */
export function scopeAtGate(scopeAt: (address: StageAddress) => Scope, point: GatePoint | StepPoint): Scope {
  const scope = scopeAt(point.address);
  if (point.kind === "within") return withInputs(scope, () => point.inputs);
  if (point.kind === "before")
    return withInputs(scope, () => (point.inputs.ok ? point.inputs.value : undefined));
  if (point.outcome.kind !== "failed") return scope;
  return withFailure(scope, point, point.outcome.failure, point.outcome.next.kind);
}

/** Without any where they could not be resolved. They are looked up each time, since they may be set by hand. */
function withInputs(scope: Scope, inputs: () => JsonObject | undefined): Scope {
  if (inputs() === undefined) return scope;
  return {
    resolve: (name) => {
      const binding = scope.resolve(name);
      const value = inputs();
      return binding !== undefined || name !== "inputs" || value === undefined
        ? binding
        : { kind: "value", value };
    },
    names: function* () {
      yield* scope.names();
      yield "inputs";
    },
  };
}

/** The same with a failure as `error`: with the attempt that it ended, from 1, and what comes next. */
export function withFailure(
  scope: Scope,
  { stage, attempt }: GatePoint,
  { type, message, recoverable, field, details }: Failure,
  next: FailureFollowUp["kind"] | "end",
): Scope {
  const error: JsonObject = {
    stage,
    attempt,
    type,
    message,
    recoverable,
    next,
    field: field ?? null,
    details: details ?? null,
  };
  return withValues(scope, { error });
}

/** The same with names of its own before all others. */
export function withValues(scope: Scope, own: JsonObject): Scope {
  return {
    resolve: (name) =>
      Object.hasOwn(own, name) ? { kind: "value", value: own[name] ?? null } : scope.resolve(name),
    names: function* () {
      yield* Object.keys(own);
      yield* scope.names();
    },
  };
}
