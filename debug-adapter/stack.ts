import type { GatePoint } from "#core/engine";
import type { FrameStep } from "#core/ports";

/** A frame of the call stack: the stage where a branch waits, or what that stage runs in. Innermost first. */
export type Frame =
  | { readonly kind: "stage"; readonly name: string; readonly stage: string; readonly point: GatePoint }
  | { readonly kind: "owner"; readonly name: string; readonly stage: string; readonly point: GatePoint }
  | { readonly kind: "pipeline"; readonly name: string; readonly stage: null; readonly point: GatePoint };

/** The frames of a branch that waits at `point`: the stage, each round it is in, the pipeline. */
export function framesAt(point: GatePoint, pipelineName: string): readonly Frame[] {
  const stage: Frame = { kind: "stage", name: stageName(point), stage: point.stage, point };
  const owners = point.address.frames.map(
    (step): Frame => ({ kind: "owner", name: ownerName(step), stage: step.owner, point }),
  );
  return [stage, ...owners.reverse(), { kind: "pipeline", name: pipelineName, stage: null, point }];
}

function stageName(point: GatePoint): string {
  const attempt = point.attempt > 1 ? ` (attempt ${point.attempt})` : "";
  return `${point.stage}${attempt}${point.kind === "after" ? " — done" : ""}`;
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
      return `${step.owner} → ${step.pipeline}`;
  }
}
