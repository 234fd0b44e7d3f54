import type { ComponentDefinition } from "#core/component-definitions";
import type { ParsedExpression } from "#core/expressions";
import type { EncodedJson, PipelineIdentity } from "#core/journal";
import type { Budget, Dialect, JsonNode, OwningArm, ResolvedPipeline, RetryPolicy } from "#core/pipeline";
import type { Json, JsonObject, StageAttempt } from "#core/ports";
import type { ApprovalPlan } from "./approval-plan.ts";
import type { IsPriced } from "./budget-problems.ts";
import type { CachePlan } from "./cache-plan.ts";
import type { Callees } from "./callees.ts";
import type { Dependent, Waiters } from "./dependent.ts";
import type { ConstantInputs, InputPlan } from "./input-plan.ts";
import type { PlannedSecret } from "./secrets-plan.ts";
import type { TriggerRule } from "./trigger-rule.ts";

/** A pipeline, one input for it, and what it may call: everything a run looks up, and nothing that changes in one. */
export interface RunPlan extends PipelinePlan {
  /** As given, with the defaults of `input_schema`. */
  readonly input: Json;
  /** What expressions see: the same, and null for each optional input that was not given. */
  readonly visibleInput: Json;
  /** Replaces every stage's provider and drops its model. */
  readonly provider: string | null;
  readonly callees: Callees;
  /** What it may use at most, called pipelines included; those keep to their own as well. */
  readonly budget: Budget;
  readonly isPriced: IsPriced;
  /** The texts of it all, by path, as the journal has them. */
  readonly sources: EncodedJson;
}

/** A pipeline checked and compiled, whether it is run or called, and for whatever input. */
export interface PipelinePlan {
  readonly pipeline: PipelineIdentity & { readonly id: string; readonly version: string };
  /** With all that it inherits, and where each part of it is written. */
  readonly resolved: ResolvedPipeline;
  readonly dialect: Dialect;
  readonly inputSchema: JsonNode | null;
  readonly outputSchema: JsonNode | null;
  readonly env: JsonObject;
  /** Those of them that the pipeline itself declares: for the programs it runs too. */
  readonly declaredEnv: JsonObject;
  /** What its markers of secrets have in them; null where no secrets can be given. */
  readonly secretMark: string | null;
  /** The sources of all secrets of the run that are known by now. */
  readonly secretSources: ReadonlySet<string>;
  readonly defaults: ModelDefaults;
  /** Attempts that run at the same time, at most; null where the pipeline does not say. */
  readonly maxParallel: number | null;
  /** Milliseconds for all of it; null for no limit. */
  readonly timeoutMs: number | null;
  /** What a run of it, or a call, may use at most. */
  readonly ownBudget: Budget;
  readonly outputStage: StagePlan | null;
  readonly root: RegionPlan;
  readonly stages: ReadonlyMap<string, StagePlan>;
  /** Where the output of a run goes; null where it goes nowhere. */
  readonly delivery: DeliveryPlan | null;
}

/** `output_config`: a stage outside the schedule, which delivers once a run has its result. */
export interface DeliveryPlan {
  readonly stage: StagePlan;
  /** As written: the component renders them. */
  readonly destinations: Json;
  /** Whether a failed delivery fails a run that would have succeeded. */
  readonly failOnError: boolean;
}

/** Of the pipeline's `defaults`; what neither they nor a stage says, the provider decides. */
export interface ModelDefaults {
  readonly provider: string;
  readonly model: string | null;
  readonly temperature: number | null;
  readonly maxTokens: number | null;
  readonly topP: number | null;
  readonly stopSequences: readonly string[];
}

/** What a stage can own: the arms of the file, and the legs of its matrix. */
export type PlanArm = OwningArm | "matrix";

/** An arm of a try. */
export type Arm = "try" | "catch" | "finally";

/** Stages that are scheduled together: those of the pipeline, of a loop's body, or of an arm of a try. */
export interface RegionPlan {
  /** The stage that owns it and the arm; null for the pipeline itself. */
  readonly owner: { readonly stage: StagePlan; readonly arm: PlanArm } | null;
  readonly parent: RegionPlan | null;
  /** In file order. An index here is a stage's identity within the region. */
  readonly stages: readonly StagePlan[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** What the stages' {@link StagePlan.dependents} say. */
  readonly waiters: Waiters;
}

/** A stage, compiled. Filled in once, while planning, and never changed by a run. */
export interface StagePlan {
  readonly id: string;
  readonly index: number;
  readonly region: RegionPlan;
  readonly definition: ComponentDefinition;
  /** What attempts are told of it. */
  readonly component: StageAttempt["component"];
  /** Whether it owns the legs of a matrix; each of them runs a stage of the same id, which does the work. */
  readonly isMatrix: boolean;
  readonly enabled: boolean;
  readonly when: { readonly condition: ParsedExpression; readonly negated: boolean } | null;
  readonly triggerRule: TriggerRule;
  readonly onError: "propagate" | "continue";
  readonly retry: RetryPolicy | null;
  /** What the file says of being started twice; null where its component knows. */
  readonly idempotent: boolean | null;
  readonly timeoutMs: number | null;
  readonly inputs: InputPlan;
  /** The same where nothing that is to be known before the stage runs depends on the run, its `when` included. */
  readonly fixedInputs: ConstantInputs | null;
  readonly model: StageModelSettings;
  /** The question that comes before it; null for none. */
  readonly approval: ApprovalPlan | null;
  /** Those that it may read: its expressions name them, or it lists them. */
  readonly secrets: readonly PlannedSecret[];
  /** How its output is kept for later runs; null where it is not. */
  readonly cache: CachePlan | null;
  /** Names that the file adds to the output. */
  readonly addedOutputs: InputPlan | null;
  /** What it owns, by arm; empty for most. */
  readonly owns: ReadonlyMap<PlanArm, RegionPlan>;
  /** Conditional and router: the stages they may leave out, with the arms they are in. */
  readonly branches: readonly { readonly index: number; readonly arms: readonly string[] }[];
  /** Stages of the same region that wait for this one. */
  readonly dependents: readonly Dependent[];
  /**
   * Whether it runs as soon as it waits for nothing and no sooner, where all that has ended in its region has
   * succeeded: there is nothing else to look at then. Most stages do.
   */
  readonly followsSuccess: boolean;
  /** What its trigger rule counts. */
  readonly counted: readonly CountedDependency[];
  /** Conditionals and routers of the same region that may leave it out. */
  readonly gates: readonly number[];
  /** How many stages of the same region it waits for … */
  readonly waitsFor: number;
  /** … and for how many of those whatever its trigger rule: it names them, or they decide on it. */
  readonly waitsAlwaysFor: number;
}

/** Which model a stage asks and how, as far as its fields say it beside its inputs; null where they do not. */
export interface StageModelSettings {
  readonly provider: string | null;
  readonly model: string | null;
  readonly temperature: number | null;
  readonly maxTokens: number | null;
  readonly topP: number | null;
  readonly stopSequences: readonly string[];
}

/** How a stage waits for another: as its trigger rule has it, or under any, since it names it or is decided on by it. */
export type Waiting = "by-rule" | "always";

export type CountedDependency =
  /** A stage of the same region. */
  | { readonly kind: "beside"; readonly index: number }
  /** A stage of a region around; it had ended before this region began. */
  | { readonly kind: "outside"; readonly stage: StagePlan }
  /** An owner of this stage: it has decided, and counts as succeeded. */
  | { readonly kind: "owner"; readonly id: string };
