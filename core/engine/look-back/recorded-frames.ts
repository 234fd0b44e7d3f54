import type { RunFailure, StageState, StageStatus, Timeline, ValueRef } from "#core/journal";
import { addressKey, type FrameStep, type Json, type StageAddress } from "#core/ports";
import { checkInput } from "../plan/check-input.ts";
import type { PlanArm, RegionPlan, RunPlan, StagePlan } from "../plan/run-plan.ts";
import type { FrameOpening } from "../resume/bearing.ts";
import type { FrameView } from "../run/frame-view.ts";
import type { LoopRound } from "../run/run-frame.ts";
import { frameKey, Phase } from "../schedule/state.ts";
import type { Openings } from "./openings.ts";

/** What frames of a record are made from. */
export interface RecordSource {
  readonly plan: RunPlan;
  readonly timeline: Pick<Timeline, "stateAt">;
  readonly openings: Openings;
  /** Throws for a value that the record does not have. */
  value(ref: ValueRef): Json;
}

/** The frame at these steps as it was after the event `seq`; undefined where it was not there, or its pipeline is unknown. */
export function frameAt(
  source: RecordSource,
  seq: number,
  frames: readonly FrameStep[],
): FrameView | undefined {
  const step = frames.at(-1);
  if (step === undefined) return view(source, seq, { frames, region: source.plan.root, ...ofRun(source) });
  const around = frameAt(source, seq, frames.slice(0, -1));
  const opened = source.openings.opening(frames, seq);
  if (around === undefined || opened === undefined) return undefined;
  const { region } = around.schedule;
  const index = region.indexOf.get(step.owner);
  const owner = index === undefined ? undefined : region.stages[index];
  return owner === undefined ? undefined : openedFrame(source, seq, { frames, around, opened, owner });
}

function openedFrame(
  source: RecordSource,
  seq: number,
  opening: {
    readonly frames: readonly FrameStep[];
    readonly around: FrameView;
    readonly opened: FrameOpening;
    readonly owner: StagePlan;
  },
): FrameView | undefined {
  const { frames, around, opened, owner } = opening;
  switch (opened.kind) {
    case "iteration-started": {
      const region = owner.owns.get(owner.isMatrix ? "matrix" : "loop");
      const loop = roundOf(source, opened);
      if (region === undefined || loop === null) return undefined;
      return view(source, seq, { frames, region, ...within(around), loop });
    }
    case "arm-started": {
      const region = owner.owns.get(opened.arm);
      const error = opened.arm === "try" ? null : failureBefore(source, opened);
      return region === undefined
        ? undefined
        : view(source, seq, { frames, region, ...within(around), error });
    }
    case "call-started": {
      const plan = source.plan.callees.at(opened.pipeline.path ?? "");
      if (plan === undefined || plan.pipeline.hash !== opened.pipeline.hash) return undefined;
      const checked = checkInput(plan.inputSchema, source.value(opened.input));
      const visibleInput = checked.ok ? checked.visible : source.value(opened.input);
      const decision = source.openings.decision(opened.address, opened.seq)?.decision;
      const shares = decision?.kind === "call" && decision.sharesVariables ? around : null;
      const own = { parent: null, shares, pipeline: { plan, visibleInput } };
      return view(source, seq, { frames, region: plan.root, ...own });
    }
  }
}

type About = Pick<FrameView, "parent" | "shares" | "pipeline"> &
  Partial<Pick<FrameView, "loop" | "error">> & {
    readonly frames: readonly FrameStep[];
    readonly region: RegionPlan;
  };

function ofRun({ plan }: RecordSource): Pick<About, "parent" | "shares" | "pipeline"> {
  return { parent: null, shares: null, pipeline: { plan, visibleInput: plan.visibleInput } };
}

function within(around: FrameView): Pick<About, "parent" | "shares" | "pipeline"> {
  return { parent: around, shares: null, pipeline: around.pipeline };
}

/** Nothing of it is worked out before it is asked for: a region may have a thousand stages. */
function view(source: RecordSource, seq: number, about: About): FrameView {
  const { frames, region } = about;
  const state = source.timeline.stateAt(seq);
  const stageAt = (index: number): StageState | undefined => {
    const stage = region.stages[index];
    return stage === undefined ? undefined : state.stages.get(addressKey({ frames, stage: stage.id }));
  };
  const own: FrameView = {
    schedule: { region, phases: { at: (index) => phaseOf(stageAt(index), region.stages[index]) } },
    parent: about.parent,
    shares: about.shares,
    pipeline: about.pipeline,
    outputs: {
      at: (index) => {
        const stage = stageAt(index);
        // What an owner has said so far is not its output yet.
        return stage?.status === "succeeded" && stage.output !== null
          ? source.value(stage.output)
          : undefined;
      },
    },
    // What a record has ended has ended.
    live: { at: () => undefined },
    reasons: {
      at: (index) => {
        const stage = stageAt(index);
        return stage?.status === "failed" ? stage.failure?.message : (stage?.reason ?? undefined);
      },
    },
    get variables() {
      const set = state.variables.get(frameKey(frames));
      // Most frames have none.
      return set === undefined || set.size === 0
        ? null
        : new Map(Array.from(set, ([name, ref]) => [name, source.value(ref)] as const));
    },
    loop: about.loop ?? null,
    error: about.error ?? null,
    arms: {
      at: (index) => {
        const stage = region.stages[index];
        return stage === undefined ? undefined : armsOf(source, seq, own, { frames, stage });
      },
    },
  };
  return own;
}

function armsOf(
  source: RecordSource,
  seq: number,
  around: FrameView,
  { frames, stage }: { readonly frames: readonly FrameStep[]; readonly stage: StagePlan },
): ReadonlyMap<PlanArm, FrameView> | undefined {
  if (!stage.owns.has("try")) return undefined;
  const arms = new Map<PlanArm, FrameView>();
  for (const event of source.openings.ofOwner({ frames, stage: stage.id }, seq)) {
    if (event.kind !== "arm-started") continue;
    const step = { kind: "arm", owner: stage.id, arm: event.arm, attempt: event.attempt } as const;
    const opening = { frames: [...frames, step], around, opened: event, owner: stage };
    const arm = openedFrame(source, seq, opening);
    if (arm !== undefined) arms.set(event.arm, arm);
  }
  return arms;
}

function roundOf(
  source: RecordSource,
  { address, index, item, seq }: Extract<FrameOpening, { kind: "iteration-started" }>,
): LoopRound | null {
  const decision = source.openings.decision(address, seq)?.decision;
  if (decision?.kind !== "iterate" && decision?.kind !== "matrix") return null;
  const variables =
    decision.kind === "matrix" ? null : { item: decision.itemVariable, index: decision.indexVariable };
  const place = decision.indexes.indexOf(index);
  return { item: source.value(item), place, index, total: decision.indexes.length, variables };
}

/** What had gone wrong in a try when one of its arms began. */
function failureBefore(
  { openings }: RecordSource,
  { address, seq }: { readonly address: StageAddress; readonly seq: number },
): RunFailure | null {
  let failure: RunFailure | null = null;
  for (const event of openings.ofOwner(address, seq)) {
    if (event.kind !== "arm-finished") continue;
    if (event.ended.kind === "failed") failure = event.ended.failure;
    else if (event.ended.kind === "completed" && event.arm === "try") failure = null;
  }
  return failure;
}

function phaseOf(state: StageState | undefined, plan: StagePlan | undefined): number {
  const status: StageStatus = state?.status ?? "waiting";
  switch (status) {
    case "waiting":
      return Phase.waiting;
    case "running":
      return Phase.running;
    case "succeeded":
      return Phase.succeeded;
    case "failed":
      return plan?.onError === "continue" ? Phase.tolerated : Phase.failed;
    case "skipped":
      return Phase.skipped;
    case "cancelled":
      return Phase.cancelled;
  }
}
