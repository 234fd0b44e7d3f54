import type { FailureFollowUp, JournalEvent, SkipCause } from "#core/journal";
import type { Failure, StageAttempt } from "#core/ports";
import { addressKey } from "#core/ports";
import type { GatePoint } from "../gate.ts";
import type { StagePlan } from "../plan/run-plan.ts";
import { hear } from "./hear.ts";
import type { Live } from "./live.ts";
import { chooseModel, withoutReplacedModel } from "./model-choice.ts";
import { type Resolved, resolveCondition, resolveInputs } from "./resolve-inputs.ts";
import { followUp } from "./retry.ts";
import { addressIn, type RunFrame } from "./run-frame.ts";
import { stageScope } from "./scope.ts";
import type { Session } from "./session.ts";
import { missingUpstream, scopeSnapshot } from "./snapshot.ts";

/** Begins an attempt at a stage: its condition, its inputs, the gate, then the executor. */
export function beginAttempt(session: Session, frame: RunFrame, stage: StagePlan, attempt: number): void {
  const { recorder, options, plan, id } = session;
  if (frame.doomed.delete(stage.index)) {
    const address = addressIn(frame, stage);
    return session.apply(recorder.record({ kind: "stage-cancelled", address, attempt: 0 }));
  }
  const now = recorder.now();
  const scope = stageScope({ plan, runId: id, frame, stage });
  if (attempt === 1 && stage.when !== null) {
    const condition = resolveCondition(stage.when, scope, now);
    if (condition.kind === "skip") return skipStage(session, frame, stage, "reference", condition.reason);
    if (condition.kind === "ok" && !condition.value)
      return skipStage(session, frame, stage, "condition", "its condition does not hold");
    if (condition.kind === "failed") return failBefore(session, frame, stage, attempt, condition.failure);
  }
  const inputs = resolveInputs(stage, scope, now);
  if (inputs.kind === "skip") return skipStage(session, frame, stage, "reference", inputs.reason);
  const missing = missingUpstream({ plan, runId: id, frame, stage });
  if (missing !== null) return skipStage(session, frame, stage, "reference", missing);
  const live = enter(frame, stage, attempt, session.lanes.take(session.lastLane));
  const held = options.gate?.(beforePoint(live, inputs));
  if (held === undefined) return launch(session, live, inputs, now);
  held
    .then(() => {
      if (!live.ended) launch(session, live, inputs, now);
    })
    .catch(session.crash);
}

/** Leaves a stage out. */
export function skipStage(
  session: Session,
  frame: RunFrame,
  stage: StagePlan,
  cause: SkipCause,
  reason: string,
): void {
  frame.reasons.set(stage.index, reason);
  session.apply(
    session.recorder.record({ kind: "stage-skipped", address: addressIn(frame, stage), reason, cause }),
  );
}

/** Cancels what a stage is doing: an attempt, a wait, or a stop at a gate. An owner's frames are cancelled by themselves. */
export function cancelStage(session: Session, frame: RunFrame, index: number): void {
  const live = frame.live.get(index);
  if (live === undefined) return;
  const ended = live.ended;
  // First of all deaf: some executors answer to the signal at once.
  live.ended = true;
  live.stop.abort();
  if (session.owners.get(frame)?.has(index) === true) return;
  if (live.release !== null) return live.release();
  if (ended) return;
  session.deadlines.unwatch(live);
  const event = session.recorder.record({
    kind: "stage-cancelled",
    address: live.address,
    attempt: live.attempt,
  });
  conclude(session, live, event, { kind: "cancelled" });
}

/** An attempt took too long. */
export function expire(session: Session, live: Live): void {
  if (live.ended) return;
  const ms = live.stage.timeoutMs ?? 0;
  const message = `The stage "${live.stage.id}" took longer than its limit of ${ms} ms. Raise its "timeout", or find out what is slow.`;
  failAttempt(session, live, { type: "TIMEOUT", message, recoverable: true });
  live.stop.abort();
}

/** An attempt failed: again after a wait, or the stage's end. */
export function failAttempt(
  session: Session,
  live: Live,
  failure: Failure,
  next: FailureFollowUp = followUp(live.stage, live.attempt, failure, session.options.random),
): void {
  const { stage, attempt, address, frame } = live;
  live.ended = true;
  session.deadlines.unwatch(live);
  const told =
    next.kind !== "retry" && attempt > 1
      ? { ...failure, message: `${failure.message} (after ${attempt} attempts)` }
      : failure;
  if (next.kind !== "retry") frame.reasons.set(stage.index, told.message);
  const event = session.recorder.record({ kind: "stage-failed", address, attempt, failure: told, next });
  conclude(session, live, event, { kind: "failed", failure: told }, next);
}

/** After an attempt's last event: the gate, then the scheduler, and where there is to be another attempt the wait. */
export function conclude(
  session: Session,
  live: Live,
  event: JournalEvent,
  outcome: Outcome,
  next?: FailureFollowUp,
): void {
  const goOn = (): void => {
    live.release = null;
    leave(session, live);
    session.apply(event);
    if (next?.kind === "retry") waitForRetry(session, live, next.delayMs);
  };
  const { gate } = session.options;
  if (gate === undefined) return goOn();
  const { address, stage, attempt, lane } = live;
  const held = gate({ kind: "after", address, stage: stage.id, attempt, lane: lane ?? 0, outcome });
  if (held === undefined) return goOn();
  live.release = goOn;
  held.then(() => live.release?.()).catch(session.crash);
}

export type Outcome = Extract<GatePoint, { kind: "after" }>["outcome"];

function enter(frame: RunFrame, stage: StagePlan, attempt: number, lane: number | null): Live {
  const live: Live = {
    frame,
    stage,
    address: addressIn(frame, stage),
    attempt,
    lane,
    stop: new AbortController(),
    ended: false,
    deadline: null,
    release: null,
  };
  frame.live.set(stage.index, live);
  return live;
}

function leave(session: Session, live: Live): void {
  leaveLane(session, live);
  // An owner stays, so that its waits can be cancelled.
  if (session.owners.get(live.frame)?.has(live.stage.index) !== true)
    live.frame.live.delete(live.stage.index);
}

/** The lane is free for the stage that comes next. */
export function leaveLane(session: Session, live: Live): void {
  if (live.lane === null) return;
  session.lanes.give(live.lane);
  session.lastLane = live.lane;
  live.lane = null;
}

function beforePoint(
  live: Live,
  inputs: Resolved<StageAttempt["inputs"]> & { kind: "ok" | "failed" },
): GatePoint {
  const { address, stage, attempt, lane } = live;
  const told =
    inputs.kind === "ok"
      ? ({ ok: true, value: inputs.value } as const)
      : ({ ok: false, failure: inputs.failure } as const);
  return { kind: "before", address, stage: stage.id, attempt, lane: lane ?? 0, inputs: told };
}

function failBefore(
  session: Session,
  frame: RunFrame,
  stage: StagePlan,
  attempt: number,
  failure: Failure,
): void {
  const live = enter(frame, stage, attempt, session.lanes.take(session.lastLane));
  const held = session.options.gate?.(beforePoint(live, { kind: "failed", failure }));
  if (held === undefined) return failAttempt(session, live, failure);
  held
    .then(() => {
      if (!live.ended) failAttempt(session, live, failure);
    })
    .catch(session.crash);
}

function launch(session: Session, live: Live, resolved: Resolved<StageAttempt["inputs"]>, now: string): void {
  // A failure to resolve is found before the first attempt and does not go away by another.
  if (resolved.kind !== "ok") {
    if (resolved.kind === "failed") failAttempt(session, live, resolved.failure);
    return;
  }
  const { plan, recorder, id, options } = session;
  const { stage, frame, address } = live;
  const { definition } = stage;
  const inputs = withoutReplacedModel(plan, stage, resolved.value);
  const key = `${id}:${addressKey(address)}#${live.attempt}`;
  recorder.record({
    kind: "stage-started",
    address,
    attempt: live.attempt,
    attemptKey: key,
    componentType: definition.type,
    inputs: recorder.put(inputs),
  });
  const attempt: StageAttempt = {
    key,
    runId: id,
    address,
    attempt: live.attempt,
    component: { type: definition.type, version: definition.version },
    inputs,
    scope: scopeSnapshot({ plan, runId: id, frame, stage }),
    secrets: [],
    model: chooseModel(plan, stage, inputs),
    now,
    timeoutMs: stage.timeoutMs,
  };
  let running: Promise<void> | void;
  try {
    running = options.executor.run(attempt, (event) => hear(session, live, event, now), live.stop.signal);
  } catch (error) {
    return brokenExecutor(session, live, error);
  }
  if (running === undefined) {
    if (!live.ended) brokenExecutor(session, live, silence(stage));
    return;
  }
  if (!live.ended && stage.timeoutMs !== null) session.deadlines.watch(live, stage.timeoutMs);
  session.executing += 1;
  running.then(
    () => {
      session.settled();
      if (!live.ended) brokenExecutor(session, live, silence(stage));
    },
    (error: unknown) => {
      session.settled();
      brokenExecutor(session, live, error);
    },
  );
}

/** Executors never throw for a stage's failure: one that does is broken, and so is the run. What is known is recorded. */
function brokenExecutor(session: Session, live: Live, error: unknown): void {
  if (!live.ended) {
    const message = `The component "${live.stage.definition.type}" broke: ${error instanceof Error ? error.message : String(error)}`;
    failAttempt(session, live, { type: "UNKNOWN", message, recoverable: false });
  }
  session.giveUp(error);
}

function silence(stage: StagePlan): Error {
  return new Error(`The executor of stage "${stage.id}" ended without telling how.`);
}

function waitForRetry(session: Session, before: Live, delayMs: number): void {
  const { frame, stage, attempt } = before;
  const live = enter(frame, stage, attempt, null);
  session.options.clock
    .sleep(delayMs, live.stop.signal)
    .then(() => {
      if (!live.ended && !live.stop.signal.aborted) beginAttempt(session, frame, stage, attempt + 1);
    })
    .catch(session.crash);
}
