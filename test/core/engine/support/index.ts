// What the engine's tests share: components whose outcome is told by their inputs, executors that wait for the test,
// a clock that the test moves, and short ways to write a pipeline and run it.
export { definition, definitions } from "./definitions.ts";
export { type HeldExecutor, heldExecutor, immediate } from "./executors.ts";
export { type ManualClock, manualClock, settled } from "./manual-clock.ts";
export { outcomeOf } from "./outcome-of.ts";
export {
  begin,
  catalogOf,
  finish,
  pipelineOf,
  planned,
  refusals,
  stage,
  statuses,
  type TestRun,
} from "./runs.ts";
