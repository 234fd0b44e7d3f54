import { stageBinding } from "#core/component-definitions";
import type { Binding } from "#core/expressions";
import { isJsonObject } from "#core/pipeline";
import type { Json, StageOutcomeSnapshot } from "#core/ports";
import { isAround } from "../plan/dependencies.ts";
import type { PipelinePlan, StagePlan } from "../plan/run-plan.ts";
import { workOf } from "../plan/work-of.ts";
import { isFinal, Phase } from "../schedule/state.ts";
import type { FrameView } from "./frame-view.ts";

/** What a stage is to an expression of another stage now. */
export type StageView =
  | { readonly kind: "succeeded"; readonly output: Json }
  | { readonly kind: "skipped" | "failed" | "not-run"; readonly message: string };

/** How `target` looks from `from`, a stage of `frame`. */
export function viewStage(frame: FrameView, from: StagePlan, target: StagePlan): StageView {
  if (isAround(target, from)) {
    // From inside a leg, the stage that does the work is meant: it has the loop or the try.
    const work = workOf(target);
    return { kind: "succeeded", output: ownerView(frame, isAround(work, from) ? work : target) };
  }
  const home = frameOf(frame, target);
  if (home === undefined) {
    const kind = canStillRun(frame, from, target) ? "not-run" : "skipped";
    return { kind, message: `stage "${target.id}" has not run` };
  }
  const reason = home.reasons.at(target.index);
  const phase = home.schedule.phases.at(target.index) ?? Phase.waiting;
  switch (phase) {
    case Phase.succeeded:
      return {
        kind: "succeeded",
        output: visibleOutput(frame.pipeline.plan, target, home.outputs.at(target.index) ?? null),
      };
    case Phase.skipped:
    case Phase.spared:
    case Phase.leaving:
      return {
        kind: "skipped",
        message: `stage "${target.id}" was skipped${reason === undefined ? "" : `: ${reason}`}`,
      };
    // `on_error: continue`: the output is null (design, "Execution").
    case Phase.tolerated:
      return { kind: "succeeded", output: null };
    case Phase.failed:
      return {
        kind: "failed",
        message: `stage "${target.id}" failed${reason === undefined ? "" : `: ${reason}`}`,
      };
    case Phase.cancelled:
      return { kind: "failed", message: `stage "${target.id}" was cancelled` };
    default:
      return viewUnderWay(frame, home, target);
  }
}

/** One that a gate holds after its success has ended for whoever looks at the run; nothing that runs reads it before it goes on. */
function viewUnderWay(frame: FrameView, home: FrameView, target: StagePlan): StageView {
  const output =
    home.live.at(target.index)?.held?.kind === "after" ? home.outputs.at(target.index) : undefined;
  if (output === undefined) return { kind: "not-run", message: `stage "${target.id}" has not ended` };
  return { kind: "succeeded", output: visibleOutput(frame.pipeline.plan, target, output) };
}

/** Whether a stage whose frame never opened may still run: not one of a branch that its try did not need. */
function canStillRun(frame: FrameView, from: StagePlan, target: StagePlan): boolean {
  for (let owner = target.region.owner; owner !== null; owner = owner.stage.region.owner) {
    // Arms run one after the other, and a finally is the last.
    if (isAround(owner.stage, from)) return !isInFinally(owner.stage, from);
    const home = frameOf(frame, owner.stage);
    if (home !== undefined) return !isFinal(home.schedule.phases.at(owner.stage.index));
  }
  return true;
}

function isInFinally(owner: StagePlan, stage: StagePlan): boolean {
  for (let each = stage.region.owner; each !== null; each = each.stage.region.owner)
    if (each.stage === owner) return each.arm === "finally";
  return false;
}

/** The view as expressions bind it. */
export function bindView(target: StagePlan, view: StageView): Binding {
  if (view.kind === "succeeded")
    return stageBinding(
      { id: target.id, output: view.output },
      target.isMatrix ? undefined : target.definition,
    );
  return { kind: "absent", reason: view.kind, what: view.message };
}

/** The view as an attempt takes it along. */
export function snapshotView(target: StagePlan, view: StageView): StageOutcomeSnapshot {
  switch (view.kind) {
    case "succeeded":
      // Of a matrix the output is the engine's own: the component's names mean nothing in it.
      return {
        kind: "succeeded",
        componentType: target.isMatrix ? "matrix" : target.definition.type,
        output: view.output,
      };
    case "failed":
      return { kind: "failed", message: view.message };
    case "skipped":
    case "not-run":
      return { kind: "skipped", reason: view.message };
  }
}

/** In the map dialect a conditional's `branch_taken` is the boolean (design, "The pipeline file"). */
function visibleOutput(plan: PipelinePlan, target: StagePlan, output: Json): Json {
  if (plan.dialect !== "L3" || target.definition.type !== "conditional") return output;
  return isJsonObject(output) ? { ...output, branch_taken: output["condition_result"] ?? null } : output;
}

/** What stages inside an owner see of it (facts, section 2). */
function ownerView(frame: FrameView, owner: StagePlan): Json {
  for (let each: FrameView | null = frame; each !== null; each = each.parent) {
    const at = each.schedule.region.owner;
    if (at?.stage !== owner) continue;
    const { loop } = each;
    if (loop !== null) {
      const { item, index, total, variables } = loop;
      if (variables === null) return { matrix: item };
      return {
        current_item: item,
        current_index: index,
        total_items: total,
        [variables.item]: item,
        [variables.index]: index,
      };
    }
    const { error } = each;
    return {
      error_occurred: error !== null,
      error: error?.message ?? null,
      error_message: error?.message ?? null,
      error_type: error?.type ?? null,
    };
  }
  return null;
}

/** The frame around, or the arm of a try around or beside, that has the stage. */
function frameOf(frame: FrameView, target: StagePlan): FrameView | undefined {
  const path: StagePlan["region"][] = [];
  for (let region: StagePlan["region"] | null = target.region; region !== null; region = region.parent)
    path.unshift(region);
  let found: FrameView | undefined;
  for (const region of path) {
    const beside =
      region.owner === null ? undefined : found?.arms.at(region.owner.stage.index)?.get(region.owner.arm);
    found = aroundOf(frame, region) ?? beside;
    if (found === undefined) return undefined;
  }
  return found;
}

function aroundOf(frame: FrameView, region: StagePlan["region"]): FrameView | undefined {
  for (let each: FrameView | null = frame; each !== null; each = each.parent) {
    if (each.schedule.region === region) return each;
  }
  return undefined;
}
