import { attemptKeyOf } from "#core/journal";
import type { AttemptEvent, JsonObject, StageAttempt } from "#core/ports";
import type { StagePlan } from "../plan/run-plan.ts";
import { stepsOf } from "./attempt-steps.ts";
import { cacheFor } from "./cache-for.ts";
import { failAttempt } from "./conclude.ts";
import { hear } from "./hear.ts";
import type { Live } from "./live.ts";
import { beginMatrix } from "./matrix.ts";
import { mayRepeat } from "./may-repeat.ts";
import { chooseModel, withoutReplacedModel } from "./model-choice.ts";
import { secretsFor } from "./secrets-for.ts";
import type { Session } from "./session.ts";
import { emptyScope, looksAround, scopeSnapshot } from "./snapshot.ts";

/** Sends an attempt with these inputs to the executor, at that time of the clock. */
export function launch(
  session: Session,
  live: Live,
  resolved: JsonObject,
  now: string,
  at = session.options.clock.now(),
): void {
  const { provider, recorder, id } = session;
  const { stage, frame, address } = live;
  const { definition } = stage;
  const constant = stage.fixedInputs ?? stage.inputs.constant;
  const inputs = withoutReplacedModel(provider, stage, resolved);
  const key = attemptKeyOf(id, address, live.attempt);
  recorder.write({
    seq: recorder.nextSeq(),
    at,
    kind: "stage-started",
    address,
    attempt: live.attempt,
    attemptKey: key,
    componentType: definition.type,
    inputs: constant?.value === inputs ? recorder.putEncoded(constant) : recorder.put(inputs),
  });
  if (stage.isMatrix) return beginMatrix(session, live, inputs);
  const { secrets, secretMark } = secretsFor(stage, frame.pipeline.plan);
  const attempt: StageAttempt = {
    key,
    runId: id,
    address,
    attempt: live.attempt,
    retriesLeft: Math.max(0, (stage.retry?.maxRetries ?? 0) + 1 - live.attempt),
    component: stage.component,
    inputs,
    scope: looksAround(stage) ? scopeSnapshot({ runId: id, frame, stage }) : emptyScope,
    secrets,
    secretMark,
    model: definition.requiresModel
      ? chooseModel({ provider, defaults: frame.pipeline.plan.defaults }, stage, inputs)
      : null,
    now,
    timeoutMs: stage.timeoutMs,
    cache: cacheFor(stage, frame.pipeline.plan),
  };
  if (mayRepeat(stage, inputs)) execute(session, live, attempt);
  else executeOnceKnown(session, live, attempt);
}

function executeOnceKnown(session: Session, live: Live, attempt: StageAttempt): void {
  // What could not be done twice has to be known to have begun before it does. Those that wait begin in their order,
  // whichever the disk is done with first.
  const before = session.safeStarts;
  const flushed = session.options.journal.flush();
  session.safeStarts = Promise.all([before, flushed]).then(() => {
    if (!live.ended) execute(session, live, attempt);
  });
  session.safeStarts.catch(session.crash);
}

function execute(session: Session, live: Live, attempt: StageAttempt): void {
  const { options } = session;
  const { stage } = live;
  const { now } = attempt;
  const emit = (event: AttemptEvent): void => {
    try {
      hear(session, live, event, now);
    } catch (error) {
      // Here and not at the executor that told of the event: it is not to blame.
      session.crash(error);
    }
  };
  let running: Promise<void> | void;
  try {
    running = options.executor.run(attempt, emit, live.stop.signal, stepsOf(session, live, attempt.inputs));
  } catch (error) {
    return brokenExecutor(session, live, error);
  }
  if (running === undefined) {
    if (!live.ended) brokenExecutor(session, live, silence(stage));
    return;
  }
  if (!live.ended && stage.timeoutMs !== null && !live.isHeldWithin)
    session.deadlines.watch(live, stage.timeoutMs);
  session.executing += 1;
  // Neither of the two can throw, so that no third promise is needed for each attempt.
  running.then(
    () => {
      session.settled();
      if (!live.ended) brokenExecutor(session, live, silence(stage));
    },
    (error: unknown) => {
      session.settled();
      // One that was told to stop may end in any way: its outcome is recorded already.
      if (!live.stop.signal.aborted) brokenExecutor(session, live, error);
    },
  );
}

/**
 * Executors never throw for a stage's failure: one that does is broken, and so is the run. What is known is recorded.
 * Never throws itself.
 */
export function brokenExecutor(session: Session, live: Live, error: unknown): void {
  try {
    if (!live.ended) {
      const message = `The component "${live.stage.definition.type}" broke: ${error instanceof Error ? error.message : String(error)}`;
      failAttempt(session, live, { type: "UNKNOWN", message, recoverable: false });
    }
    session.giveUp(error);
  } catch (defect) {
    session.crash(defect);
  }
}

/** What an executor that says nothing did wrong. */
export function silence(stage: StagePlan): Error {
  return new Error(`The executor of stage "${stage.id}" ended without telling how.`);
}
