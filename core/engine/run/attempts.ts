import type { SkipCause } from "#core/journal";
import type { JsonObject } from "#core/ports";
import type { Gate, GatePoint } from "../gate.ts";
import type { ApprovalPlan } from "../plan/approval-plan.ts";
import type { StagePlan } from "../plan/run-plan.ts";
import { askBefore } from "./ask-before.ts";
import { conclude, failAttempt } from "./conclude.ts";
import { launch } from "./launch.ts";
import { enterStage, type Live, type Prepared } from "./live.ts";
import { resolveMatrix } from "./matrix.ts";
import { expireOwner } from "./owner-limit.ts";
import { type Resolved, resolveCondition, resolveInputs } from "./resolve-inputs.ts";
import { addressIn, type RunFrame } from "./run-frame.ts";
import { stageScope, type Viewpoint } from "./scope.ts";
import type { Session } from "./session.ts";
import { missingUpstream } from "./snapshot.ts";

/** Begins an attempt at a stage, at that time of the clock: its condition, its inputs, the gate, then the executor. */
export function beginAttempt(
  session: Session,
  frame: RunFrame,
  stage: StagePlan,
  attempt: number,
  at = session.options.clock.now(),
): void {
  const { recorder, id } = session;
  if (frame.doomed?.delete(stage.index) === true) {
    const address = addressIn(frame, stage);
    return session.apply(recorder.record({ kind: "stage-cancelled", address, attempt: 0 }));
  }
  const now = recorder.now(at);
  // Nothing in a stage of fixed inputs looks at the run, so it needs no scope.
  const inputs = stage.fixedInputs ?? prepare({ runId: id, frame, stage }, now);
  if (inputs.kind === "skip") return skipStage(session, frame, stage, inputs.cause, inputs.reason);
  const live = enterStage(frame, stage, attempt, session.lanes.take(session.lastLane));
  if (session.options.gate === undefined) pass(session, live, inputs, now, at);
  else stopBefore(session, live, inputs, now, session.options.gate);
}

/** Asks the gate. A function of its own, as what it leaves to be done later would cost runs without one too. */
function stopBefore(session: Session, live: Live, inputs: Prepared, now: string, gate: Gate): void {
  live.held = { kind: "before", inputs };
  const held = gate(beforePoint(live, inputs));
  if (held === undefined) {
    live.held = null;
    return pass(session, live, inputs, now);
  }
  held
    .then(() => {
      // A person may have set others by hand meanwhile.
      const current = heldInputs(live, inputs);
      live.held = null;
      if (!live.ended) pass(session, live, current, now);
    })
    .catch(session.crash);
}

/** The gate has let an attempt pass; `at` is the time, where it has not changed since `now`. */
function pass(session: Session, live: Live, inputs: Prepared, now: string, at?: number): void {
  if (inputs.kind === "failed") return failAttempt(session, live, inputs.failure);
  // Only before the first attempt: who agreed to the stage agreed to its retries.
  const approval = live.attempt === 1 ? live.stage.approval : null;
  if (approval === null) launch(session, live, inputs.value, now, at);
  else askFirst(session, live, approval, inputs.value, now);
}

function askFirst(
  session: Session,
  live: Live,
  approval: ApprovalPlan,
  inputs: JsonObject,
  now: string,
): void {
  askBefore(session, live, approval, now, () => launch(session, live, inputs, now));
}

/** Leaves a stage out. */
export function skipStage(
  session: Session,
  frame: RunFrame,
  stage: StagePlan,
  cause: SkipCause,
  reason: string,
): void {
  frame.reasons[stage.index] = reason;
  session.apply(
    session.recorder.record({ kind: "stage-skipped", address: addressIn(frame, stage), reason, cause }),
  );
}

/** Cancels what a stage is doing: an attempt, a wait, or a stop at a gate. An owner's frames are cancelled by themselves. */
export function cancelStage(session: Session, frame: RunFrame, index: number): void {
  const live = frame.live[index];
  if (live === undefined) return;
  const hadEnded = live.ended;
  // First of all deaf: some executors answer to the signal at once.
  live.ended = true;
  live.cancelled = true;
  live.stop.abort();
  if (session.owners.get(frame)?.has(index) === true) return;
  if (live.release !== null) return live.release();
  if (hadEnded) return;
  session.deadlines.unwatch(live);
  const { address, attempt } = live;
  const event = session.recorder.record({ kind: "stage-cancelled", address, attempt });
  conclude(session, live, event, { kind: "cancelled" });
}

/** An attempt took too long. */
export function expire(session: Session, live: Live): void {
  if (live.limit !== null) return expireOwner(session, live);
  if (live.ended) return;
  const ms = live.stage.timeoutMs ?? 0;
  const message = `The stage "${live.stage.id}" took longer than its limit of ${ms} ms. Raise its "timeout", or find out what is slow.`;
  failAttempt(session, live, { type: "TIMEOUT", message, recoverable: true });
  live.stop.abort();
}

/** What may be run, or fails as an attempt; or is left out. */
type Verdict = Prepared | { readonly kind: "skip"; readonly cause: SkipCause; readonly reason: string };

/** What the stage's expressions say before it runs. */
function prepare(from: Viewpoint, now: string): Verdict {
  const { stage } = from;
  const scope = stageScope(from);
  if (stage.when !== null) {
    const condition = resolveCondition(stage.when, scope, now);
    if (condition.kind !== "ok") return unprepared(condition);
    if (!condition.value) return { kind: "skip", cause: "condition", reason: "its condition does not hold" };
  }
  const inputs = stage.isMatrix ? resolveMatrix(stage, scope, now) : resolveInputs(stage, scope, now);
  if (inputs.kind !== "ok") return unprepared(inputs);
  const missing = missingUpstream(from);
  return missing === null ? inputs : { kind: "skip", cause: "reference", reason: missing };
}

function unprepared(resolved: Exclude<Resolved<never>, { kind: "ok" }>): Verdict {
  return resolved.kind === "failed" ? resolved : { ...resolved, cause: "reference" };
}

/** The inputs are looked up each time, since a person may set them by hand while the gate holds. */
function beforePoint(live: Live, inputs: Prepared): GatePoint {
  const { address, stage, attempt, lane } = live;
  return {
    kind: "before",
    address,
    stage: stage.id,
    attempt,
    lane: lane ?? 0,
    get inputs(): Extract<GatePoint, { kind: "before" }>["inputs"] {
      const now = heldInputs(live, inputs);
      return now.kind === "ok" ? { ok: true, value: now.value } : { ok: false, failure: now.failure };
    },
  };
}

function heldInputs({ held }: Live, asked: Prepared): Prepared {
  return held?.kind === "before" ? held.inputs : asked;
}
