import type { CacheOutcome, Failure, ModelUsage, Question, StageAddress } from "#core/ports";
import type { StageEvent } from "./stage-event.ts";
import type { ValueRef } from "./value-ref.ts";

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
  /** What a person set by hand where it stood still, in order. */
  readonly overrides: readonly StageOverride[];
}

/** A value that was set by hand at a stage. */
export type StageOverride = Pick<
  Extract<StageEvent, { kind: "value-overridden" }>,
  "attempt" | "target" | "path" | "before" | "value"
>;

/** The same while it is brought forward. */
export type MutableStage = Omit<{ -readonly [K in keyof StageState]: StageState[K] }, "usage"> & {
  usage: ModelUsage[];
};

/** A stage of which nothing was heard. */
export function waitingStage(address: StageAddress): MutableStage {
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
    overrides: NO_OVERRIDES,
  };
}

const NO_OVERRIDES: readonly StageOverride[] = [];

type OfStage = { readonly seq: number; readonly at: number } & Extract<
  StageEvent,
  { kind: `${"stage" | "model" | "question"}-${string}` | "value-overridden" }
>;

/** Brings a stage forward by an event about it, in place. */
export function applyStageEvent(stage: MutableStage, event: OfStage): void {
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
    case "value-overridden": {
      const { attempt, target, path, before, value } = event;
      stage.overrides = [...stage.overrides, { attempt, target, path, before, value }];
      if (target.kind === "output") stage.output = value;
      return;
    }
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
    case "stage-retried":
      stage.status = "running";
      stage.output = null;
      stage.finishedAt = null;
      return;
  }
}

function end(stage: MutableStage, status: StageStatus, at: number): void {
  stage.status = status;
  stage.finishedAt = at;
  stage.streamed = "";
  stage.question = null;
}
