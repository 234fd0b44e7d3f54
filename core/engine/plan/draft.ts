import type { Stage } from "#core/pipeline";
import type { Dependent } from "./dependent.ts";
import type { PlanArm, RegionPlan, StagePlan } from "./run-plan.ts";

/** A stage plan while it is being built. */
export interface Draft extends StagePlan {
  readonly source: Stage;
  secrets: StagePlan["secrets"];
  readonly owns: Map<PlanArm, RegionPlan>;
  inputs: StagePlan["inputs"];
  readonly dependents: Dependent[];
  readonly branches: { readonly index: number; readonly arms: readonly string[] }[];
  gates: readonly number[];
  counted: StagePlan["counted"];
  fixedInputs: StagePlan["fixedInputs"];
  followsSuccess: boolean;
  waitsFor: number;
  waitsAlwaysFor: number;
}

/** A region while it is being built. */
export interface DraftRegion extends RegionPlan {
  readonly stages: Draft[];
  readonly indexOf: Map<string, number>;
  waiters: RegionPlan["waiters"];
}

/** Takes a reason not to start the run, at a stage. */
export type Report = (stage: string, code: string, message: string) => void;
