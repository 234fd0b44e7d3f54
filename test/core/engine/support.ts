import { z } from "zod";
import type { ComponentDefinition } from "#core/component-definitions";
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
import { parsePipeline } from "#core/pipeline";
import type { AttemptEvent, Clock, Executor, Json, JsonObject, StageAttempt } from "#core/ports";

/** Component types of these tests: `step` gives what it is told to; `owner` gives a directive. */
export const definitions: ReadonlyMap<string, ComponentDefinition> = new Map(
  [
    definition("step", {
      value: z.unknown().optional(),
      fail: z.string().optional(),
      recoverable: z.boolean().optional(),
    }),
    definition(
      "control",
      { directive: z.unknown(), output: z.unknown().optional() },
      { kind: "control-flow" },
    ),
    definition("strict", { text: z.string(), count: z.number().default(3) }),
    definition("slow", { value: z.unknown().optional() }, { timeoutMs: 50 }),
    // With the names that the file format gives them, so that their lists of stages are read.
    definition(
      "foreach",
      {
        items: z.array(z.unknown()),
        loop_stages: z.unknown().optional(),
        parallel: z.int().default(1),
        break_on_error: z.boolean().default(true),
        item_variable: z.string().default("item"),
        index_variable: z.string().default("index"),
      },
      { kind: "control-flow" },
    ),
    definition("conditional", { taken: z.unknown() }, { kind: "control-flow" }),
    definition(
      "trycatch",
      {
        types: z.array(z.string()).default([]),
        swallow: z.boolean().default(false),
        retries: z.int().default(0),
        retry_delay_ms: z.number().default(0),
      },
      { kind: "control-flow" },
    ),
    definition(
      "return",
      { value: z.unknown(), status: z.string().default("completed") },
      { kind: "control-flow" },
    ),
    definition("variable_set", {
      name: z.string(),
      value: z.unknown(),
      overwrite: z.boolean().default(true),
    }),
  ].map((each) => [each.type, each]),
);

export function definition(
  type: string,
  input: z.ZodRawShape,
  more: Partial<
    Pick<ComponentDefinition, "kind" | "timeoutMs" | "requiresModel" | "deferred" | "reads">
  > = {},
): ComponentDefinition {
  return {
    type,
    version: "1.0.0",
    kind: "operator",
    category: "data",
    title: type,
    description: "For tests.",
    icon: "beaker",
    color: "blue",
    availability: "built",
    input: z.object(input),
    output: z.object({}),
    inputAliases: {},
    modernise: (inputs) => inputs,
    outputAliases: {},
    deferred: {},
    reads: [],
    requiresModel: false,
    idempotent: true,
    timeoutMs: null,
    ...more,
  };
}

/** How an attempt of the tests' components ends; decided from its inputs alone. */
export function outcomeOf(attempt: StageAttempt): AttemptEvent {
  const { inputs } = attempt;
  switch (attempt.component.type) {
    case "control":
      // The tests write directives in full.
      return { kind: "succeeded", output: inputs["output"] ?? null, directive: inputs["directive"] as never };
    case "strict":
      return { kind: "succeeded", output: inputs };
    case "foreach": {
      const items = inputs["items"] as readonly Json[];
      return {
        kind: "succeeded",
        output: { total_items: items.length, skipped_items: 0, results: [] },
        directive: {
          kind: "iterate",
          items,
          indexes: items.map((_, index) => index),
          itemVariable: String(inputs["item_variable"]),
          indexVariable: String(inputs["index_variable"]),
          parallel: Number(inputs["parallel"]),
          breakOnError: inputs["break_on_error"] === true,
          collect: true,
        },
      };
    }
    case "conditional": {
      const taken = String(inputs["taken"]);
      return {
        kind: "succeeded",
        output: { branch_taken: taken, condition_result: taken === "true" },
        directive: { kind: "branch", taken, enable: [], skip: [] },
      };
    }
    case "trycatch":
      return {
        kind: "succeeded",
        output: {},
        directive: {
          kind: "try",
          catchTypes: inputs["types"] as readonly string[],
          swallow: inputs["swallow"] === true,
          retries: Number(inputs["retries"]),
          retryDelayMs: Number(inputs["retry_delay_ms"]),
        },
      };
    case "return":
      return {
        kind: "succeeded",
        output: {},
        directive: {
          kind: "return",
          value: inputs["value"] ?? null,
          status: inputs["status"] as "completed",
          message: null,
        },
      };
    case "variable_set":
      return {
        kind: "succeeded",
        output: {},
        directive: {
          kind: "set-variables",
          variables: [{ name: String(inputs["name"]), value: inputs["value"] ?? null }],
          overwrite: inputs["overwrite"] === true,
        },
      };
    default: {
      const fail = inputs["fail"];
      if (typeof fail === "string") {
        return {
          kind: "failed",
          failure: {
            type: fail as "EXECUTION",
            message: `failed as told`,
            recoverable: inputs["recoverable"] === true,
          },
        };
      }
      return { kind: "succeeded", output: inputs["value"] ?? { id: attempt.address.stage } };
    }
  }
}

/** Ends every attempt at once. */
export const immediate: Executor = {
  run: (attempt, emit) => {
    emit(outcomeOf(attempt));
  },
};

/** Attempts wait until the test lets them end, in any order. */
export interface HeldExecutor extends Executor {
  /** Attempts that run and were not told to stop. */
  readonly running: readonly StageAttempt[];
  /** Ends the attempt at that place of `running`, and lets the run react. */
  release(place: number, event?: AttemptEvent): Promise<void>;
}

export function heldExecutor(): HeldExecutor {
  const held: {
    readonly attempt: StageAttempt;
    readonly emit: (event: AttemptEvent) => void;
    readonly done: () => void;
  }[] = [];
  return {
    get running() {
      return held.map(({ attempt }) => attempt);
    },
    run: (attempt, emit, signal) =>
      new Promise<void>((resolve) => {
        const entry = { attempt, emit, done: resolve };
        held.push(entry);
        signal.addEventListener("abort", () => {
          const place = held.indexOf(entry);
          if (place >= 0) held.splice(place, 1);
          emit({
            kind: "failed",
            failure: { type: "CANCELLED", message: "told to stop", recoverable: false },
          });
          resolve();
        });
      }),
    release: async (place, event) => {
      const [entry] = held.splice(place, 1);
      if (entry === undefined) throw new Error(`Nothing runs at ${place}.`);
      entry.emit(event ?? outcomeOf(entry.attempt));
      entry.done();
      await settled();
    },
  };
}

/** Lets everything that can happen without time passing happen. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 20; round++) await Promise.resolve();
}

/** A clock that stands until it is moved. */
export interface ManualClock extends Clock {
  /** Moves on, wakes sleepers in order, and lets the run react to each. */
  advance(ms: number): Promise<void>;
  readonly sleepers: number;
}

export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    monotonic: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const sleeper = { at: now + ms, wake: resolve };
        sleepers.push(sleeper);
        signal.addEventListener("abort", () => {
          const place = sleepers.indexOf(sleeper);
          if (place >= 0) sleepers.splice(place, 1);
          resolve();
        });
      }),
    advance: async (ms) => {
      const until = now + ms;
      for (;;) {
        sleepers.sort((a, b) => a.at - b.at);
        const [next] = sleepers;
        if (next === undefined || next.at > until) break;
        now = next.at;
        sleepers.shift();
        next.wake();
        await settled();
      }
      now = until;
      await settled();
    },
    get sleepers() {
      return sleepers.length;
    },
  };
}

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

/** A pipeline of these stages. */
export function pipelineOf(...stages: readonly JsonObject[]): JsonObject {
  return { name: "test", version: "1.0.0", stages };
}
