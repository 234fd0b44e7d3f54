import type { RecordedGate } from "#core/engine";
import { addressKey, type FrameStep, type StageAddress } from "#core/ports";
import { isWithin, type StepRange } from "../step-range.ts";
import type { BreakpointHit } from "../stops.ts";

/** A place in the past: a gate of the record by its number, or the edge after all of them: its end, or where it is live. */
export type Place = number | "edge";

/** Where a move ends, and what it stops for. */
export type Landing =
  | { readonly at: number; readonly why: "step" | "beginning" }
  | { readonly at: number; readonly why: "breakpoint"; readonly hit: BreakpointHit }
  | { readonly at: "edge" };

/** What moves go over. */
export interface Track {
  readonly gates: readonly RecordedGate[];
  /** The breakpoint that stops at a gate, if one does. */
  hitAt(at: number): BreakpointHit | null;
}

/** Forward to the next stage that began, on whichever branch and past what the step `passes`; a breakpoint on the way stops. */
export function stepForward(track: Track, from: Place, passes: StepRange | "everything"): Landing {
  return forward(track, from, (gate) => gate.kind === "before" && !isWithin(gate.address, passes));
}

/** Forward to the end of the attempt that begins at a gate; a breakpoint on the way stops. */
export function stepToEnd(track: Track, from: number): Landing {
  const begun = track.gates[from];
  return forward(
    track,
    from,
    ({ kind, address, attempt }) =>
      begun !== undefined &&
      kind === "after" &&
      attempt === begun.attempt &&
      addressKey(address) === addressKey(begun.address),
  );
}

/** Forward to the next breakpoint. */
export function continueForward(track: Track, from: Place): Landing {
  return forward(track, from, () => false);
}

function forward(track: Track, from: Place, isStep: (gate: RecordedGate) => boolean): Landing {
  if (from === "edge") return { at: "edge" };
  for (let at = from + 1; at < track.gates.length; at++) {
    const gate = track.gates[at];
    if (gate === undefined) break;
    const hit = track.hitAt(at);
    if (hit !== null) return { at, why: "breakpoint", hit };
    if (isStep(gate)) return { at, why: "step" };
  }
  return { at: "edge" };
}

/**
 * Back to where a step over leads here from; from the first of the stages that another owns, to that owner. A breakpoint
 * on the way stops. `address` is that of the stage at `from`; null at the end of a record.
 */
export function stepBack(track: Track, from: Place, address: StageAddress | null): Landing {
  const { gates } = track;
  const here = from === "edge" ? gates.length : from;
  let last = here - 1;
  while (last >= 0 && gates[last]?.kind !== "before") last--;
  const gate = gates[last];
  if (gate === undefined) return beginning(gates);
  const to = ownerPassed(gates, last, gate, address) ?? last;
  for (let at = here - 1; at > to; at--) {
    const hit = track.hitAt(at);
    if (hit !== null) return { at, why: "breakpoint", hit };
  }
  return { at: to, why: "step" };
}

/** Back to the breakpoint before, or to the beginning. */
export function continueBack(track: Track, from: Place): Landing {
  const { gates } = track;
  for (let at = (from === "edge" ? gates.length : from) - 1; at >= 0; at--) {
    const hit = track.hitAt(at);
    if (hit !== null) return { at, why: "breakpoint", hit };
  }
  return beginning(gates);
}

function beginning(gates: readonly RecordedGate[]): Landing {
  return gates.length === 0 ? { at: "edge" } : { at: 0, why: "beginning" };
}

/** The outermost owner that a step over from passes all that lies between it and here, `last` being the end of that. */
function ownerPassed(
  gates: readonly RecordedGate[],
  last: number,
  { address: { frames } }: RecordedGate,
  here: StageAddress | null,
): number | undefined {
  for (const [depth, step] of frames.entries()) {
    const range = { frames: frames.slice(0, depth), owner: step.owner };
    if (here !== null && isWithin(here, range)) continue;
    const at = beginningOf(gates, last, range);
    if (at !== undefined) return at;
  }
  return undefined;
}

/** The gate of a range's owner, where nothing but the range lies between it and `last`. */
function beginningOf(
  gates: readonly RecordedGate[],
  last: number,
  range: { readonly frames: readonly FrameStep[]; readonly owner: string },
): number | undefined {
  const owner = addressKey({ frames: range.frames, stage: range.owner });
  for (let at = last; at >= 0; at--) {
    const gate = gates[at];
    if (gate === undefined || gate.kind === "after" || isWithin(gate.address, range)) continue;
    return addressKey(gate.address) === owner ? at : undefined;
  }
  return undefined;
}
