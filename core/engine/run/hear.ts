import type { FinalDecision, OwnerDecision } from "#core/journal";
import type { AttemptEvent, Directive, Json } from "#core/ports";
import { type PreparedCall, prepareCall } from "./calls.ts";
import { conclude, failAttempt, leaveLane } from "./conclude.ts";
import { keepResults } from "./keep-results.ts";
import type { Live } from "./live.ts";
import { watchOwner } from "./owner-limit.ts";
import { refuseUnwritable } from "./refuse-unwritable.ts";
import { addOutputs } from "./resolve-inputs.ts";
import { visibleVariables } from "./run-frame.ts";
import { stageScope } from "./scope.ts";
import type { Session } from "./session.ts";

/** Takes what an attempt tells. After its outcome, or when it was cancelled, it is not heard any more. */
export function hear(session: Session, live: Live, event: AttemptEvent, now: string): void {
  if (live.ended) return;
  const { recorder } = session;
  const { address, attempt } = live;
  switch (event.kind) {
    case "delta":
      recorder.record({ kind: "stage-delta", address, attempt, channel: event.channel, text: event.text });
      return;
    case "log": {
      const { level, message, values } = event;
      recorder.record({
        kind: "stage-log",
        address,
        attempt,
        level,
        message,
        ...(values === undefined ? {} : { values: recorder.put(values) }),
      });
      return;
    }
    case "model-called":
      recorder.record({ kind: "model-called", address, attempt, request: event.request });
      return;
    case "model-answered": {
      const { kind, usage, finishReason } = event;
      const finish = finishReason === undefined ? {} : { finishReason };
      recorder.record({ kind, address, attempt, usage, ...finish });
      return;
    }
    case "cache":
      recorder.record({ kind: "stage-cache", address, attempt, outcome: event.outcome });
      return;
    case "question-asked":
      recorder.record({ kind: "question-asked", address, attempt, question: event.question });
      return;
    case "question-closed":
      recorder.record({ kind: "question-closed", address, attempt, id: event.id, end: event.end });
      return;
    case "failed":
      failAttempt(session, live, event.failure);
      return;
    case "succeeded":
      succeed(session, live, event, now);
      return;
  }
}

function succeed(
  session: Session,
  live: Live,
  event: Extract<AttemptEvent, { kind: "succeeded" }>,
  now: string,
): void {
  const { id, recorder } = session;
  const { stage, frame, address, attempt } = live;
  const { directive } = event;
  // An owner's are added when it ends, for then its output is complete.
  const isOwner = directive?.kind === "iterate" || directive?.kind === "try" || directive?.kind === "call";
  let output = event.output;
  if (stage.addedOutputs !== null && !isOwner) {
    const added = addOutputs(stage, output, stageScope({ runId: id, frame, stage }, { output }), now);
    if (added.kind === "failed") return failAttempt(session, live, added.failure);
    output = added.value;
  }
  const unwritable = refuseUnwritable("output", output);
  if (unwritable !== null) return failAttempt(session, live, unwritable);
  const refused = directive === undefined ? null : refusal(live, directive);
  if (refused !== null)
    return failAttempt(session, live, { type: "CONTROL_FLOW", message: refused, recoverable: false });
  const prepared = directive?.kind === "call" ? prepareCall(session, live, directive) : null;
  if (prepared?.ok === false) return failAttempt(session, live, prepared.failure);

  live.ended = true;
  session.deadlines.unwatch(live);
  const ref = recorder.put(output);
  const decision =
    directive === undefined ? null : carryOut(session, live, directive, output, prepared?.call ?? null);
  if (decision?.kind === "iterate" || decision?.kind === "try" || decision?.kind === "call") {
    const decided = recorder.record({ kind: "stage-decided", address, attempt, output: ref, decision });
    leaveLane(session, live);
    // A call's limit begins with each call, and is the called pipeline's own too.
    if (stage.timeoutMs !== null && decision.kind !== "call")
      watchOwner(session, live, { cap: "timeout", ms: stage.timeoutMs });
    session.apply(decided);
    return;
  }
  frame.outputs[stage.index] = output;
  const succeeded = recorder.write({
    seq: recorder.nextSeq(),
    at: session.options.clock.now(),
    kind: "stage-succeeded",
    address,
    attempt,
    output: ref,
    ...(decision === null ? {} : { decision }),
  });
  conclude(session, live, succeeded, { kind: "succeeded", output });
}

/** Why a directive cannot be carried out here; null when it can. */
function refusal({ stage }: Live, directive: Directive): string | null {
  switch (directive.kind) {
    case "iterate":
      return stage.owns.has("loop")
        ? null
        : `The stage "${stage.id}" is a loop without stages. Name them in loop_stages.`;
    case "try":
      return stage.owns.has("try")
        ? null
        : `The stage "${stage.id}" tries nothing. Name stages in try_stages.`;
    case "branch":
    case "call":
    case "return":
    case "set-variables":
      return null;
  }
}

/** Puts a directive's values into the journal and keeps what its stage needs later. Null when there is nothing to decide. */
function carryOut(
  session: Session,
  live: Live,
  directive: Directive,
  output: Json,
  call: PreparedCall | null,
): FinalDecision | Exclude<OwnerDecision, { kind: "matrix" }> | null {
  const { recorder } = session;
  switch (directive.kind) {
    case "branch":
      return directive;
    case "return":
      live.frame.pipeline.returned ??= directive;
      return { ...directive, value: recorder.put(directive.value) };
    case "iterate": {
      const decision = { ...directive, items: recorder.put(directive.items) };
      keepResults(session, live, { decision, base: output, items: directive.items, call: null });
      return decision;
    }
    case "try":
      keepResults(session, live, { decision: directive, base: output, items: [], call: null });
      return directive;
    case "call": {
      const decision = { ...directive, input: recorder.put(directive.input) };
      keepResults(session, live, { decision, base: output, items: [], call });
      return decision;
    }
    case "set-variables":
      setVariables(session, live, directive);
      return null;
  }
}

/** Variables belong to the frame of the stage that sets them, so that rounds that run at the same time share none. */
function setVariables(
  session: Session,
  { frame, address }: Live,
  directive: Extract<Directive, { kind: "set-variables" }>,
): void {
  const before = visibleVariables(frame);
  for (const { name, value } of directive.variables) {
    if (!directive.overwrite && before.has(name)) continue;
    frame.variables ??= new Map();
    frame.variables.set(name, value);
    session.recorder.record({ kind: "variable-set", address, name, value: session.recorder.put(value) });
  }
}
