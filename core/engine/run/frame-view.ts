import type { Json } from "#core/ports";
import type { PlanArm, RegionPlan } from "../plan/run-plan.ts";
import type { HeldAt } from "./live.ts";
import type { PipelineRun } from "./pipeline-run.ts";
import type { RunFrame } from "./run-frame.ts";

/** What expressions see of a frame: of one of a run at work, which is a `RunFrame`, or of one as a record has it. */
export interface FrameView {
  readonly schedule: { readonly region: RegionPlan; readonly phases: ByIndex<number> };
  readonly parent: FrameView | null;
  readonly pipeline: Pick<PipelineRun, "plan" | "visibleInput">;
  readonly shares: FrameView | null;
  readonly outputs: ByIndex<Json>;
  readonly reasons: ByIndex<string>;
  /** The stages at work, and what gates that hold them were asked about. */
  readonly live: ByIndex<{ readonly held: HeldAt | null } | undefined>;
  readonly variables: ReadonlyMap<string, Json> | null;
  readonly loop: RunFrame["loop"];
  readonly error: RunFrame["error"];
  readonly arms: ByIndex<ReadonlyMap<PlanArm, FrameView>>;
}

/** What there is of each stage of a region; a list is one. */
export interface ByIndex<T> {
  at(index: number): T | undefined;
}
