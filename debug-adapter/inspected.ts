import type { DebugProtocol } from "@vscode/debugprotocol";
import type { GatePoint, StepPoint } from "#core/engine";
import type { Scope } from "#core/expressions";
import { addressKey } from "#core/ports";
import { scopeAtGate } from "./breakpoints/gate-scope.ts";
import type { ByHand } from "./by-hand.ts";
import type { Shown } from "./shown.ts";
import type { Frame } from "./stack.ts";
import type { NamedValue, Origin } from "./variables.ts";

/** A value as the answers to requests that set one have it. */
export type ValueBody = Pick<
  DebugProtocol.SetVariableResponse["body"],
  "value" | "type" | "namedVariables" | "indexedVariables"
> & { readonly variablesReference: number };

/** Where a branch stands at the stage that a row is of; null where none does. */
export function pointAt(shown: Shown, origin: Origin): GatePoint | StepPoint | null {
  const points = shown.lanes().map(({ lane }) => shown.pointOf(lane) ?? null);
  return points.find((point) => point !== null && isAt(point, origin)) ?? null;
}

function isAt({ address }: GatePoint | StepPoint, origin: Origin): boolean {
  return (
    "stage" in origin && addressKey(address) === addressKey({ frames: origin.frames, stage: origin.stage })
  );
}

/** A row whose value was set by hand says so with its type. */
export function marked(
  { origin }: NamedValue,
  variable: DebugProtocol.Variable,
  byHand: ByHand,
): DebugProtocol.Variable {
  return byHand.has(origin) ? { ...variable, type: `${variable.type ?? ""}, set by hand` } : variable;
}

/** What an expression sees in a frame: in that of the stage also what has just happened there. */
export function scopeOf(shown: Shown, frame: Frame): Scope {
  return frame.kind === "stage" || frame.kind === "step"
    ? scopeAtGate(shown.scopeAt, frame.point)
    : shown.scopeAt(frame.scope);
}
