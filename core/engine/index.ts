// The engine: checks and compiles a pipeline for one input, and runs it. The scheduler is a fold over the journal;
// everything a run does goes there, and debugging is a gate asked before and after each step. It never touches the
// world itself: executors do, through the ports they were given.
export type { Gate, GatePoint } from "./gate.ts";
export { type RecordView, viewRecord } from "./look-back/record-view.ts";
export type { RecordedGate } from "./look-back/recorded-gates.ts";
export { catches } from "./plan/caught-types.ts";
export { type PlannedRun, type PlanOptions, planRun } from "./plan/plan-run.ts";
export type { PipelinePlan, RunPlan, StagePlan } from "./plan/run-plan.ts";
export type { SecretSource } from "./plan/secrets-plan.ts";
export { defaultTriggerRule, type TriggerRule } from "./plan/trigger-rule.ts";
export { changesBetween } from "./resume/changes.ts";
export type { Why } from "./resume/drop.ts";
export { type ForkChanges, forkRun } from "./resume/fork.ts";
export { type Continuation, type RunRecord, resumeRun } from "./resume/go-on.ts";
export { RecordFault } from "./resume/record-fault.ts";
export type { FrameRecord, StageRecord } from "./resume/record-index.ts";
export type { StartFrom } from "./resume/start-from.ts";
export { chooseModel } from "./run/model-choice.ts";
export type { Override, OverrideAnswer } from "./run/override.ts";
export type { Run, RunOptions, RunResult } from "./run/run.ts";
export { startRun } from "./run/start-run.ts";
export { advance } from "./schedule/advance.ts";
export type { Command } from "./schedule/command.ts";
export { emptySchedule, type Schedule } from "./schedule/state.ts";
