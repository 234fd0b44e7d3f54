import type { GatePoint } from "#core/engine";
import type { FrameStep, StageAddress } from "#core/ports";

/**
 * A frame of the call stack: the stage where a branch waits, or what that stage runs in. Innermost first. `scope` is
 * the address whose names an expression sees there; `frames` leads to the file that it is written in.
 */
export type Frame = {
  readonly name: string;
  readonly scope: StageAddress;
  readonly frames: readonly FrameStep[];
} & (
  | { readonly kind: "stage"; readonly stage: string; readonly point: GatePoint }
  | { readonly kind: "owner"; readonly stage: string }
  | { readonly kind: "pipeline"; readonly stage: null }
);

/** The frames of a branch that waits at `point`: the stage, each round it is in, the pipeline, and what called that. */
export function framesAt(point: GatePoint, pipelineName: string): readonly Frame[] {
  const { address } = point;
  const stack: Frame[] = [
    {
      kind: "stage",
      name: stageName(point),
      stage: point.stage,
      point,
      scope: address,
      frames: address.frames,
    },
  ];
  // What the frames of one pipeline see is what its innermost stage sees; what called it has names of its own.
  let scope = address;
  for (let depth = address.frames.length - 1; depth >= 0; depth--) {
    const step = address.frames[depth];
    if (step === undefined) break;
    const frames = address.frames.slice(0, depth);
    if (step.kind === "subpipeline") {
      const inside = address.frames.slice(0, depth + 1);
      stack.push({ kind: "pipeline", name: step.pipeline, stage: null, scope, frames: inside });
      scope = { frames, stage: step.owner };
    }
    stack.push({ kind: "owner", name: ownerName(step), stage: step.owner, scope, frames });
  }
  stack.push({ kind: "pipeline", name: pipelineName, stage: null, scope, frames: [] });
  return stack;
}

/** The one frame of a run that is past all of its stages, whose names are those that `stage`, one of its own, sees. */
export function framesAtEnd(pipelineName: string, stage: string): readonly Frame[] {
  return [{ kind: "pipeline", name: pipelineName, stage: null, scope: { frames: [], stage }, frames: [] }];
}

function stageName(point: GatePoint): string {
  const attempt = point.attempt > 1 ? ` (attempt ${point.attempt})` : "";
  return `${point.stage}${attempt}${point.kind === "before" ? "" : endedAs(point.outcome)}`;
}

function endedAs({ kind }: Extract<GatePoint, { kind: "after" }>["outcome"]): string {
  switch (kind) {
    case "succeeded":
      return " — done";
    case "failed":
      return " — failed";
    case "cancelled":
      return " — cancelled";
  }
}

function ownerName(step: FrameStep): string {
  switch (step.kind) {
    case "iteration":
      return `${step.owner}[${step.index}]`;
    case "arm":
      return step.attempt > 1
        ? `${step.owner}.${step.arm} (attempt ${step.attempt})`
        : `${step.owner}.${step.arm}`;
    case "subpipeline":
      return `${step.owner} → ${step.pipeline}${step.attempt > 1 ? ` (attempt ${step.attempt})` : ""}`;
  }
}
