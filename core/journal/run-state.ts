import {
  addressKey,
  type CacheOutcome,
  type Failure,
  type ModelUsage,
  type Question,
  type StageAddress,
} from "#core/ports";
import type { JournalEvent } from "./event.ts";
import type { PipelineIdentity, RunFailure, RunStatus } from "./run-event.ts";
import type { StageEvent } from "./stage-event.ts";
import type { ValueRef } from "./value-ref.ts";

/** What a journal says of a run at some point of it. */
export interface RunState {
  readonly runId: string;
  readonly status: RunStatus | "running" | "not-started";
  readonly pipeline: PipelineIdentity | null;
  readonly input: ValueRef | null;
  readonly output: ValueRef | null;
  readonly failure: RunFailure | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** The event that made this state; -1 before the first. */
  readonly seq: number;
  /** By {@link addressKey}, in the order in which they were first heard of. A stage that is not here waits. */
  readonly stages: ReadonlyMap<string, StageState>;
  /** By frame (`""` is the pipeline's own) and name. */
  readonly variables: ReadonlyMap<string, ReadonlyMap<string, ValueRef>>;
}

/** Where a stage is, as far as the events tell. */
export type StageStatus = "waiting" | "running" | "succeeded" | "failed" | "skipped" | "cancelled";

/** One stage in one frame. */
export interface StageState {
  readonly address: StageAddress;
  readonly status: StageStatus;
  /** The attempt that runs or ran last; 0 when none began. */
  readonly attempt: number;
  readonly componentType: string | null;
  readonly inputs: ValueRef | null;
  /** Set as soon as it is known: for an owner of other stages, when it has decided. */
  readonly output: ValueRef | null;
  /** Of the last attempt that failed, even when a later one succeeded. */
  readonly failure: Failure | null;
  /** Why it was skipped. */
  readonly reason: string | null;
  /** Of the first attempt. */
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly usage: readonly ModelUsage[];
  /** What the last attempt has streamed on its output channel so far; empty once it has ended. */
  readonly streamed: string;
  /** What the cache did last for its last attempt; null where it was not asked. */
  readonly cache: CacheOutcome["kind"] | null;
  /** What it waits to be answered; null when it asks nothing. */
  readonly question: Question | null;
}

/** The state before the first event. */
export function emptyRunState(): RunState {
  const state: MutableRun = {
    runId: "",
    status: "not-started",
    pipeline: null,
    input: null,
    output: null,
    failure: null,
    startedAt: null,
    finishedAt: null,
    seq: -1,
    stages: new Map(),
    variables: new Map(),
  };
  return state;
}

/** The state after all of `events`. */
export function foldRun(events: Iterable<JournalEvent>): RunState {
  const state = emptyRunState();
  for (const event of events) applyEvent(state, event);
  return state;
}

/**
 * Brings `state` forward by one event, in place and at a cost that does not grow with the run; returns it. What it
 * becomes depends on `state` and `event` alone.
 */
export function applyEvent(state: RunState, event: JournalEvent): RunState {
  // States come from emptyRunState only, and so are mutable underneath; others see them as values.
  const run = state as MutableRun;
  run.seq = event.seq;
  switch (event.kind) {
    case "run-started":
      run.runId = event.runId;
      run.status = "running";
      run.pipeline = event.pipeline;
      run.input = event.input;
      run.startedAt = event.at;
      return run;
    case "run-resumed":
      resume(run, event);
      return run;
    case "run-finished":
      run.status = event.status;
      run.output = event.output;
      run.failure = event.failure;
      run.finishedAt = event.at;
      return run;
    case "variable-set":
      setVariable(run, { frames: event.address.frames, name: event.name, value: event.value });
      return run;
    case "run-ending":
    case "iteration-started":
    case "iteration-finished":
    case "arm-started":
    case "arm-finished":
    case "call-started":
    case "call-finished":
    case "stage-ending":
      return run;
    case "stage-started":
    case "stage-delta":
    case "stage-log":
    case "stage-cache":
    case "model-called":
    case "model-answered":
    case "question-asked":
    case "question-closed":
    case "stage-decided":
    case "stage-succeeded":
    case "stage-failed":
    case "stage-skipped":
    case "stage-cancelled":
      applyStageEvent(stageOf(run, event.address), event);
      return run;
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type MutableStage = Omit<Mutable<StageState>, "usage"> & { usage: ModelUsage[] };
type MutableRun = Omit<Mutable<RunState>, "stages" | "variables"> & {
  readonly stages: Map<string, MutableStage>;
  readonly variables: Map<string, Map<string, ValueRef>>;
};
type OfStage = { readonly seq: number; readonly at: number } & Extract<
  StageEvent,
  { kind: `${"stage" | "model" | "question"}-${string}` }
>;

function applyStageEvent(stage: MutableStage, event: OfStage): void {
  switch (event.kind) {
    case "stage-started":
      stage.status = "running";
      stage.attempt = event.attempt;
      stage.componentType = event.componentType;
      stage.inputs = event.inputs;
      stage.startedAt ??= event.at;
      stage.streamed = "";
      stage.cache = null;
      return;
    case "stage-delta":
      if (event.channel === "output") stage.streamed += event.text;
      return;
    case "stage-log":
    case "model-called":
      return;
    case "stage-cache":
      stage.cache = event.outcome.kind;
      return;
    case "model-answered":
      stage.usage.push(event.usage);
      return;
    case "question-asked":
      stage.question = event.question;
      return;
    case "question-closed":
      stage.question = null;
      return;
    case "stage-decided":
      stage.output = event.output;
      return;
    case "stage-succeeded":
      stage.output = event.output;
      end(stage, "succeeded", event.at);
      return;
    case "stage-failed":
      stage.failure = event.failure;
      stage.attempt = event.attempt;
      stage.question = null;
      if (event.next.kind === "retry") stage.streamed = "";
      else end(stage, "failed", event.at);
      return;
    case "stage-skipped":
      stage.reason = event.reason;
      end(stage, "skipped", event.at);
      return;
    case "stage-cancelled":
      end(stage, "cancelled", event.at);
      return;
  }
}

function end(stage: MutableStage, status: StageStatus, at: number): void {
  stage.status = status;
  stage.finishedAt = at;
  stage.streamed = "";
  stage.question = null;
}

/** What ran again counts as not having run; what it had cost stays. */
function resume(run: MutableRun, { again, reopened, variables }: Resumed): void {
  run.status = "running";
  run.output = null;
  run.failure = null;
  run.finishedAt = null;
  for (const address of again) {
    const key = addressKey(address);
    const usage = run.stages.get(key)?.usage ?? [];
    if (run.stages.has(key)) run.stages.set(key, { ...waitingStage(address), usage });
  }
  for (const { address, output } of reopened) {
    const stage = stageOf(run, address);
    stage.status = "running";
    stage.output = output;
    stage.failure = null;
    stage.finishedAt = null;
  }
  for (const variable of variables) setVariable(run, variable);
}

type Resumed = Extract<JournalEvent, { kind: "run-resumed" }>;

function setVariable(run: MutableRun, { frames, name, value }: Resumed["variables"][number]): void {
  const frame = addressKey({ frames, stage: "" });
  const variables = run.variables.get(frame) ?? new Map<string, ValueRef>();
  run.variables.set(frame, variables);
  if (value === null) variables.delete(name);
  else variables.set(name, value);
}

function stageOf(run: MutableRun, address: StageAddress): MutableStage {
  const key = addressKey(address);
  const known = run.stages.get(key);
  if (known !== undefined) return known;
  const stage = waitingStage(address);
  run.stages.set(key, stage);
  return stage;
}

function waitingStage(address: StageAddress): MutableStage {
  return {
    address,
    status: "waiting",
    attempt: 0,
    componentType: null,
    inputs: null,
    output: null,
    failure: null,
    reason: null,
    startedAt: null,
    finishedAt: null,
    usage: [],
    streamed: "",
    cache: null,
    question: null,
  };
}
