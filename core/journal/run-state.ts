import { addressKey, type StageAddress } from "#core/ports";
import type { JournalEvent } from "./event.ts";
import type { ForkOrigin, PipelineIdentity, RunFailure, RunStatus } from "./run-event.ts";
import { applyStageEvent, type MutableStage, type StageState, waitingStage } from "./stage-state.ts";
import type { ValueRef } from "./value-ref.ts";

/** What a journal says of a run at some point of it. */
export interface RunState {
  readonly runId: string;
  readonly status: RunStatus | "running" | "not-started";
  readonly pipeline: PipelineIdentity | null;
  /** The run that it was forked from; null where it was not. */
  readonly fork: ForkOrigin | null;
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

/** The state before the first event. */
export function emptyRunState(): RunState {
  const state: MutableRun = {
    runId: "",
    status: "not-started",
    pipeline: null,
    fork: null,
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
    case "value-overridden":
      if (event.target.kind === "variable")
        setVariable(run, {
          frames: event.address.frames,
          name: event.target.name,
          value: event.value,
        });
      applyStageEvent(stageOf(run, event.address), event);
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
    case "stage-retried":
      applyStageEvent(stageOf(run, event.address), event);
      return run;
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type MutableRun = Omit<Mutable<RunState>, "stages" | "variables"> & {
  readonly stages: Map<string, MutableStage>;
  readonly variables: Map<string, Map<string, ValueRef>>;
};
/** What ran again counts as not having run; what it had cost stays. */
function resume(run: MutableRun, { fork, again, reopened, variables }: Resumed): void {
  // One that was forked and went on later is a fork still.
  if (fork !== null) run.fork = fork;
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
