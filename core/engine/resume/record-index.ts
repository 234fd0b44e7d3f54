import { type JournalEvent, stepOf } from "#core/journal";
import { addressKey, type FrameStep, type StageAddress } from "#core/ports";
import type { RegionPlan, RunPlan, StagePlan } from "../plan/run-plan.ts";
import { bearingOf, type FrameOpening, type StageEnd } from "./bearing.ts";

/** What a record has of one stage in one frame. */
export interface StageRecord {
  readonly address: StageAddress;
  readonly frame: FrameRecord;
  readonly plan: StagePlan;
  /** All its events, the first of which says when it was reached. */
  readonly events: JournalEvent[];
  /** What it said of the stages it owns; null for one that owns none, or has not said. */
  decided: Extract<JournalEvent, { kind: "stage-decided" }> | null;
  /** Its last word; null while it has none. */
  end: StageEnd | null;
  /** Frames it opened, in order. */
  readonly owned: FrameRecord[];
}

/** What a record has of one frame. */
export interface FrameRecord {
  readonly region: RegionPlan;
  readonly step: FrameStep | null;
  readonly owner: StageRecord | null;
  opened: JournalEvent | null;
  closed: JournalEvent | null;
  /** By index in the region. */
  readonly stages: Map<number, StageRecord>;
}

/** A record, by the stages of a plan. */
export interface RecordIndex {
  readonly root: FrameRecord;
  /** In the order in which they were reached. */
  readonly stages: readonly StageRecord[];
  /** Events of stages that the plan does not have, and of all that was in them. */
  readonly unmapped: readonly JournalEvent[];
}

/** Sorts the events of a record by the stages of `plan`, which may be another than the one it was made with. */
export function indexRecord(plan: RunPlan, events: readonly JournalEvent[]): RecordIndex {
  const root = frameRecord(plan.root, null, null);
  const frames = new Map<string, FrameRecord>([["", root]]);
  const stages: StageRecord[] = [];
  const unmapped: JournalEvent[] = [];
  for (const event of events) {
    if (!("address" in event)) continue;
    const frame = frames.get(keyOf(event.address.frames));
    const index = frame?.region.indexOf.get(event.address.stage);
    const stagePlan = index === undefined ? undefined : frame?.region.stages[index];
    if (frame === undefined || index === undefined || stagePlan === undefined) {
      unmapped.push(event);
      continue;
    }
    let stage = frame.stages.get(index);
    if (stage === undefined) {
      stage = {
        address: event.address,
        frame,
        plan: stagePlan,
        events: [],
        decided: null,
        end: null,
        owned: [],
      };
      frame.stages.set(index, stage);
      stages.push(stage);
    }
    stage.events.push(event);
    take(event, stage, frames, plan);
  }
  return { root, stages, unmapped };
}

function take(
  event: JournalEvent & { readonly address: StageAddress },
  stage: StageRecord,
  frames: Map<string, FrameRecord>,
  plan: RunPlan,
): void {
  const bearing = bearingOf(event);
  switch (bearing.kind) {
    case "decides":
      stage.decided = bearing.event;
      return;
    case "ends":
      stage.end = bearing.event;
      return;
    case "opens": {
      const step = stepOf(bearing.event);
      const region = regionOf(stage.plan, bearing.event, plan);
      if (region === undefined) return;
      const frame = frameRecord(region, step, stage);
      frame.opened = event;
      stage.owned.push(frame);
      frames.set(keyOf([...event.address.frames, step]), frame);
      return;
    }
    case "closes": {
      const frame = frames.get(keyOf([...event.address.frames, stepOf(bearing.event)]));
      if (frame !== undefined) frame.closed = event;
      return;
    }
    case "none":
      return;
  }
}

function regionOf(stage: StagePlan, event: FrameOpening, plan: RunPlan): RegionPlan | undefined {
  switch (event.kind) {
    case "iteration-started":
      return stage.owns.get(stage.isMatrix ? "matrix" : "loop");
    case "arm-started":
      return stage.owns.get(event.arm);
    case "call-started":
      return plan.callees.at(event.pipeline.path ?? "")?.root;
  }
}

function frameRecord(region: RegionPlan, step: FrameStep | null, owner: StageRecord | null): FrameRecord {
  return { region, step, owner, opened: null, closed: null, stages: new Map() };
}

function keyOf(frames: readonly FrameStep[]): string {
  return frames.length === 0 ? "" : addressKey({ frames, stage: "" });
}
