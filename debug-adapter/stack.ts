import type { GatePoint, StepPoint } from "#core/engine";
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
  | { readonly kind: "stage"; readonly stage: string; readonly point: GatePoint | StepPoint }
  /** Within an attempt at a stage that asks a model. */
  | { readonly kind: "step"; readonly stage: string; readonly point: StepPoint }
  | { readonly kind: "owner"; readonly stage: string }
  | { readonly kind: "pipeline"; readonly stage: null }
);

/** The frames of a branch that waits at `point`: the step in the stage, the stage, each round it is in, the pipeline, and what called that. */
export function framesAt(point: GatePoint | StepPoint, pipelineName: string): readonly Frame[] {
  const { address } = point;
  const at = { stage: point.stage, scope: address, frames: address.frames };
  const stack: Frame[] = [
    ...(point.kind === "within" ? [{ kind: "step" as const, name: stepName(point), point, ...at }] : []),
    { kind: "stage", name: stageName(point), point, ...at },
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

function stageName(point: GatePoint | StepPoint): string {
  const attempt = point.attempt > 1 ? ` (attempt ${point.attempt})` : "";
  return `${point.stage}${attempt}${point.kind === "after" ? endedAs(point.outcome) : ""}`;
}

function stepName({ step }: StepPoint): string {
  switch (step.kind) {
    case "rendered":
      return "render — done";
    case "streaming":
      return "call — answering";
    case "answered":
      return "call — done";
  }
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
