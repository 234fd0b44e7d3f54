import type { GatePoint } from "#core/engine";
import type { FrameStep, StageAddress } from "#core/ports";

/**
 * How far a step goes. over: past everything that the stage owns. into: to the next stage, be it one that the
 * stage owns. out: past everything that the stage's owner owns.
 */
export type StepKind = "over" | "into" | "out";

/** The part of the run that a step from `point` goes past: the stages whose frames begin so. Null for none. */
export type StepRange = { readonly frames: readonly FrameStep[]; readonly owner: string } | null;

/** What a step passes without stopping. A step out of the pipeline itself passes all of it, as DAP clients expect. */
export function passedBy(
  { address: { frames, stage } }: Pick<GatePoint, "address">,
  how: StepKind,
): StepRange | "everything" {
  switch (how) {
    case "into":
      return null;
    case "over":
      return { frames, owner: stage };
    case "out": {
      const owner = frames.at(-1)?.owner;
      return owner === undefined ? "everything" : { frames: frames.slice(0, -1), owner };
    }
  }
}

/** Whether a stage at `address` lies in the range: its owner at that place is the range's. */
export function isWithin(address: StageAddress, range: StepRange | "everything"): boolean {
  if (range === null) return false;
  if (range === "everything") return true;
  const { frames, owner } = range;
  return (
    address.frames[frames.length]?.owner === owner &&
    frames.every((step, at) => isSame(step, address.frames[at]))
  );
}

function isSame(one: FrameStep, other: FrameStep | undefined): boolean {
  if (other === undefined || one.kind !== other.kind || one.owner !== other.owner) return false;
  switch (one.kind) {
    case "iteration":
      return other.kind === "iteration" && one.index === other.index;
    case "arm":
      return other.kind === "arm" && one.arm === other.arm && one.attempt === other.attempt;
    case "subpipeline":
      return other.kind === "subpipeline" && one.pipeline === other.pipeline && one.attempt === other.attempt;
  }
}
