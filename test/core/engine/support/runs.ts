import {
  type PlanOptions,
  planRun,
  type Run,
  type RunOptions,
  type RunPlan,
  type RunResult,
  startRun,
} from "#core/engine";
import { createMemoryJournal, foldRun, type MemoryJournal, type RunState } from "#core/journal";
import { type PipelineCatalog, parsePipeline } from "#core/pipeline";
import type { JsonObject } from "#core/ports";
import { definitions } from "./definitions.ts";
import { immediate } from "./executors.ts";
import { type ManualClock, manualClock } from "./manual-clock.ts";

export interface TestRun {
  readonly plan: RunPlan;
  readonly run: Run;
  readonly journal: MemoryJournal;
  readonly clock: ManualClock;
}

/** Plans and starts; throws with the problems when it cannot be planned. */
export function begin(
  pipeline: object,
  options: Partial<RunOptions> & { readonly plan?: Partial<PlanOptions> } = {},
): TestRun {
  const { plan: planOptions, ...runOptions } = options;
  const plan = planned(pipeline, planOptions);
  const journal = createMemoryJournal();
  const clock = manualClock();
  let id = 0;
  const run = startRun(plan, {
    executor: immediate,
    clock,
    random: { next: () => 0.5, id: () => `run${id++}` },
    journal,
    ...runOptions,
  });
  return { plan, run, journal, clock };
}

export function planned(pipeline: object, options: Partial<PlanOptions> = {}): RunPlan {
  const result = planRun(parsePipeline(JSON.stringify(pipeline)), { input: {}, definitions, ...options });
  if (result.ok) return result.plan;
  throw new Error(result.problems.map(({ code, message }) => `${code} ${message}`).join("\n"));
}

/** Messages of what keeps a pipeline from being started. */
export function refusals(pipeline: object, options: Partial<PlanOptions> = {}): readonly string[] {
  const result = planRun(parsePipeline(JSON.stringify(pipeline)), { input: {}, definitions, ...options });
  return result.ok ? [] : result.problems.map(({ message }) => message);
}

/** Runs to the end. */
export async function finish(
  pipeline: object,
  options: Partial<RunOptions> & { readonly plan?: Partial<PlanOptions> } = {},
): Promise<{
  readonly result: RunResult;
  readonly state: RunState;
  readonly journal: MemoryJournal;
  readonly plan: RunPlan;
}> {
  const { run, journal, plan } = begin(pipeline, options);
  const result = await run.finished;
  return { result, state: foldRun(journal.events), journal, plan };
}

/** `id: status` of every stage, in the order of ids. */
export function statuses(state: RunState): JsonObject {
  return Object.fromEntries(
    Array.from(state.stages, ([key, { status }]) => [key, status] as const).sort(([a], [b]) =>
      a < b ? -1 : 1,
    ),
  );
}

/** A stage as the file has it. */
export function stage(
  id: string,
  component: string,
  config: JsonObject = {},
  more: JsonObject = {},
): JsonObject {
  return { id, component_type: component, config, ...more };
}

/** The pipelines of a project, by the paths of their files. */
export function catalogOf(pipelines: Readonly<Record<string, object>>): PipelineCatalog {
  return {
    entries: Object.entries(pipelines).map(([path, pipeline]) => ({
      path,
      document: parsePipeline(JSON.stringify(pipeline, null, 1)),
    })),
  };
}

/** A pipeline of these stages. */
export function pipelineOf(...stages: readonly JsonObject[]): JsonObject {
  return { name: "test", version: "1.0.0", stages };
}
