import { componentDefinitions } from "#core/component-definitions";
import { isJsonObject } from "#core/pipeline";
import { type AttemptEvent, addressKey, type JsonObject, type StageAttempt } from "#core/ports";
import type { ApprovalPlan } from "../plan/approval-plan.ts";
import { failAttempt, leaveStage } from "./conclude.ts";
import { brokenExecutor, silence } from "./launch.ts";
import type { Live } from "./live.ts";
import { resolveInputs } from "./resolve-inputs.ts";
import { stageScope } from "./scope.ts";
import { secretsFor } from "./secrets-for.ts";
import type { Session } from "./session.ts";

/** Asks whether a stage may begin: an attempt at the component `approval` that only tells of its question. */
export function askBefore(
  session: Session,
  live: Live,
  { inputs, onRefusal }: ApprovalPlan,
  now: string,
  goOn: () => void,
): void {
  const { stage, frame } = live;
  const definition = componentDefinitions.get("approval");
  if (definition === undefined) throw new Error("the component approval is not built in");
  const resolved = resolveInputs(
    { inputs, definition },
    stageScope({ runId: session.id, frame, stage }),
    now,
  );
  if (resolved.kind === "skip") return refuse(session, live, "reference", resolved.reason);
  if (resolved.kind === "failed")
    return failAttempt(session, live, resolved.failure, { kind: stage.onError });
  const decide = (event: Extract<AttemptEvent, { kind: "succeeded" | "failed" }>): void => {
    // A question is not asked again because it was answered with no.
    if (event.kind === "failed") return failAttempt(session, live, event.failure, { kind: stage.onError });
    const { output } = event;
    if (isJsonObject(output) && output["approved"] === true) return goOn();
    const by =
      isJsonObject(output) && typeof output["answered_by"] === "string" ? output["answered_by"] : null;
    const reason = by === null ? "no one agreed to it" : `${by} refused it`;
    if (onRefusal === "skip") return refuse(session, live, "refused", reason);
    const message = `The stage "${stage.id}" was not run: ${reason}.`;
    failAttempt(session, live, { type: "EXECUTION", message, recoverable: false }, { kind: stage.onError });
  };
  execute(session, live, attemptAt(session, live, resolved.value, now), decide);
}

function attemptAt(session: Session, live: Live, inputs: JsonObject, now: string): StageAttempt {
  const { stage, frame, address } = live;
  return {
    key: `${session.id}:${addressKey(address)}#approval`,
    runId: session.id,
    address,
    retriesLeft: 0,
    attempt: 0,
    component: { type: "approval", version: "1.0.0" },
    inputs,
    scope: { values: {}, stages: {} },
    ...secretsFor(stage, frame.pipeline.plan),
    model: null,
    now,
    timeoutMs: null,
    cache: null,
  };
}

function execute(
  session: Session,
  live: Live,
  attempt: StageAttempt,
  decide: (event: Extract<AttemptEvent, { kind: "succeeded" | "failed" }>) => void,
): void {
  const { recorder } = session;
  const { address } = live;
  let isDecided = false;
  const hear = (event: AttemptEvent): void => {
    if (live.ended || isDecided) return;
    switch (event.kind) {
      case "question-asked":
        recorder.record({ kind: "question-asked", address, attempt: 0, question: event.question });
        return;
      case "question-closed":
        recorder.record({ kind: "question-closed", address, attempt: 0, id: event.id, end: event.end });
        return;
      case "succeeded":
      case "failed":
        isDecided = true;
        return decide(event);
      // A question says nothing else.
      case "delta":
      case "cache":
      case "log":
      case "model-called":
      case "model-answered":
        return;
    }
  };
  const emit = (event: AttemptEvent): void => {
    try {
      hear(event);
    } catch (error) {
      session.crash(error);
    }
  };
  let running: Promise<void> | void;
  try {
    running = session.options.executor.run(attempt, emit, live.stop.signal);
  } catch (error) {
    return brokenExecutor(session, live, error);
  }
  session.executing += 1;
  Promise.resolve(running)
    .then(
      () => {
        session.settled();
        if (!live.ended && !isDecided) brokenExecutor(session, live, silence(live.stage));
      },
      (error: unknown) => {
        session.settled();
        if (!live.stop.signal.aborted) brokenExecutor(session, live, error);
      },
    )
    .catch(session.crash);
}

/** Leaves a stage out that had begun to wait. */
export function refuse(session: Session, live: Live, cause: "refused" | "reference", reason: string): void {
  const { frame, stage, address } = live;
  live.ended = true;
  frame.reasons[stage.index] = reason;
  const skipped = session.recorder.record({ kind: "stage-skipped", address, reason, cause });
  leaveStage(session, live);
  session.apply(skipped);
}
