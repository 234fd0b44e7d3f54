/** One step of the way from the run to a stage: which owner, and which of its rounds. */
export type FrameStep =
  | { readonly kind: "iteration"; readonly owner: string; readonly index: number }
  | {
      readonly kind: "arm";
      readonly owner: string;
      readonly arm: "try" | "catch" | "finally";
      readonly attempt: number;
    }
  | {
      readonly kind: "subpipeline";
      readonly owner: string;
      /** The called pipeline's name. */
      readonly pipeline: string;
      /** Of the call, from 1. */
      readonly attempt: number;
    };

/** Where in a run a stage runs. Outermost frame first; a stage of the pipeline itself has no frames. */
export interface StageAddress {
  readonly frames: readonly FrameStep[];
  /** The stage's id; for a nested stage of the map dialect its path, `loop/item`. */
  readonly stage: string;
}

/** A short, unique, readable form: `each[2]/summarise`. Equal addresses have equal keys. */
export function addressKey({ frames, stage }: StageAddress): string {
  if (frames.length === 0) return stage;
  let key = "";
  let owner: string | null = null;
  for (const frame of frames) {
    key += `${within(frame.owner, owner)}${roundOf(frame)}/`;
    // A called pipeline has ids of its own: none of them lies in the stage that calls it.
    owner = frame.kind === "subpipeline" ? null : frame.owner;
  }
  return key + within(stage, owner);
}

/** A nested stage's id is the path from its owner; what the frame has said already is not said again. */
function within(id: string, owner: string | null): string {
  return owner !== null && id.startsWith(`${owner}/`) ? id.slice(owner.length + 1) : id;
}

function roundOf(frame: FrameStep): string {
  switch (frame.kind) {
    case "iteration":
      return `[${frame.index}]`;
    case "arm":
      return `.${frame.arm}#${frame.attempt}`;
    case "subpipeline":
      return frame.attempt === 1 ? `>${frame.pipeline}` : `>${frame.pipeline}#${frame.attempt}`;
  }
}
