/** One step of the way from the run to a stage: which owner, and which of its rounds. */
export type FrameStep =
  | { readonly kind: "iteration"; readonly owner: string; readonly index: number }
  | {
      readonly kind: "arm";
      readonly owner: string;
      readonly arm: "try" | "catch" | "finally";
      readonly attempt: number;
    }
  | { readonly kind: "subpipeline"; readonly owner: string; readonly pipeline: string };

/** Where in a run a stage runs. Outermost frame first; a stage of the pipeline itself has no frames. */
export interface StageAddress {
  readonly frames: readonly FrameStep[];
  /** The stage's id; for a nested stage of the map dialect its path, `loop/item`. */
  readonly stage: string;
}

/** A short, unique, readable form: `each[2]/summarise`. Equal addresses have equal keys. */
export function addressKey(address: StageAddress): string {
  if (address.frames.length === 0) return address.stage;
  return `${address.frames.map(frameKey).join("/")}/${address.stage}`;
}

function frameKey(frame: FrameStep): string {
  switch (frame.kind) {
    case "iteration":
      return `${frame.owner}[${frame.index}]`;
    case "arm":
      return `${frame.owner}.${frame.arm}#${frame.attempt}`;
    case "subpipeline":
      return `${frame.owner}>${frame.pipeline}`;
  }
}
