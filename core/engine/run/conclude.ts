import type { FailureFollowUp, FinalDecision, JournalEvent } from "#core/journal";
import type { Failure } from "#core/ports";
import type { Gate, GatePoint } from "../gate.ts";
import { enterStage, type Live } from "./live.ts";
import { followUp } from "./retry.ts";
import type { Session } from "./session.ts";

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
  if (next.kind !== "retry") frame.reasons[stage.index] = told.message;
  const event = session.recorder.record({ kind: "stage-failed", address, attempt, failure: told, next });
  conclude(session, live, event, { kind: "failed", failure: told, next }, next);
}

/** After an attempt's last event: the gate, then the scheduler, and where there is to be another attempt the wait. */
export function conclude(
  session: Session,
  live: Live,
  event: JournalEvent,
  outcome: Outcome,
  next?: FailureFollowUp,
): void {
  const { gate } = session.options;
  if (gate === undefined) pass(session, live, event, next);
  else stopAfter(session, live, { event, outcome, next }, gate);
}

/** Asks the gate. A function of its own, as what it leaves to be done later would cost runs without one too. */
function stopAfter(session: Session, live: Live, { event, outcome, next }: End, gate: Gate): void {
  const { address, stage, attempt, lane } = live;
  live.held = { kind: "after", decision: decisionOf(event) };
  // Made where it is asked for: few gates hold.
  let releasing: AbortController | undefined;
  const held = gate({
    kind: "after",
    address,
    stage: stage.id,
    attempt,
    lane: lane ?? 0,
    outcome: shownOf(live, outcome),
    get released() {
      releasing ??= new AbortController();
      return releasing.signal;
    },
  });
  if (held === undefined) return pass(session, live, event, next);
  live.release = () => {
    live.release = null;
    releasing?.abort();
    pass(session, live, event, next);
  };
  held.then(() => live.release?.()).catch(session.crash);
}

/** The gate has let an attempt's last event pass. */
function pass(session: Session, live: Live, event: JournalEvent, next: FailureFollowUp | undefined): void {
  live.held = null;
  leaveStage(session, live);
  session.apply(event, undefined, { frame: live.frame.schedule, index: live.stage.index });
  if (next?.kind === "retry") waitForRetry(session, live, next.delayMs);
}

/** How an attempt ended, and what follows. */
interface End {
  readonly event: JournalEvent;
  readonly outcome: Outcome;
  readonly next: FailureFollowUp | undefined;
}

function decisionOf(event: JournalEvent): FinalDecision | null {
  return event.kind === "stage-succeeded" ? (event.decision ?? null) : null;
}

/** The output is looked up each time, since a person may set it by hand while the gate holds. */
function shownOf({ frame, stage }: Live, outcome: Outcome): Outcome {
  if (outcome.kind !== "succeeded") return outcome;
  return {
    kind: "succeeded",
    get output() {
      return frame.outputs[stage.index] ?? outcome.output;
    },
  };
}

/** How an attempt ended, as the gate is told. */
export type Outcome = Extract<GatePoint, { kind: "after" }>["outcome"];

/** The lane is free for the stage that comes next. */
export function leaveLane(session: Session, live: Live): void {
  if (live.lane === null) return;
  session.lanes.give(live.lane);
  session.lastLane = live.lane;
  live.lane = null;
}

/** The stage is at work no longer. */
export function leaveStage(session: Session, live: Live): void {
  leaveLane(session, live);
  // An owner stays, so that its waits can be cancelled.
  const { owners } = session;
  if (owners.size === 0 || owners.get(live.frame)?.has(live.stage.index) !== true)
    live.frame.live[live.stage.index] = undefined;
}

function waitForRetry(session: Session, before: Live, delayMs: number): void {
  const { frame, stage, attempt, address } = before;
  if (before.cancelled) {
    session.apply(session.recorder.record({ kind: "stage-cancelled", address, attempt }));
    return;
  }
  const live = enterStage(frame, stage, attempt, null);
  session.options.clock
    .sleep(delayMs, live.stop.signal)
    .then(() => {
      if (!live.ended) session.begin(frame, stage, attempt + 1);
    })
    .catch(session.crash);
}
