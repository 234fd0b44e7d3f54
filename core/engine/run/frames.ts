import type { FrameEnd, OwnerDecision, RunFailure } from "#core/journal";
import type { Json } from "#core/ports";
import type { Command } from "../schedule/command.ts";
import type { Ending, Frame } from "../schedule/state.ts";
import { closeCall } from "./calls.ts";
import { conclude, failAttempt } from "./conclude.ts";
import { nameOfLeg } from "./matrix.ts";
import { openingOfArm, openingOfRound } from "./openings.ts";
import { ownerOf } from "./owner-of.ts";
import { frameResult, type OwnerResults, ownerOutput } from "./owner-output.ts";
import { refuseUnwritable } from "./refuse-unwritable.ts";
import { addOutputs } from "./resolve-inputs.ts";
import type { RunFrame } from "./run-frame.ts";
import { stageScope } from "./scope.ts";
import type { Session } from "./session.ts";

/** Begins a round of a loop. */
export function startIteration(
  session: Session,
  command: Extract<Command, { kind: "start-iteration" }>,
): void {
  const { place } = command;
  const owner = ownerOf(session, command.frame, command.index);
  const { decision, items } = owner.results;
  if (decision.kind !== "iterate" && decision.kind !== "matrix") return;
  const event = session.recorder.record({
    kind: "iteration-started",
    address: owner.address,
    index: decision.indexes[place] ?? place,
    item: session.recorder.put(items[place] ?? null),
  });
  session.apply(event, openingOfRound(owner, place));
}

/** Begins an arm of a try, at once or after a wait. */
export function startArm(session: Session, command: Extract<Command, { kind: "start-arm" }>): void {
  if (command.delayMs === 0) return beginArm(session, command);
  const { parent } = ownerOf(session, command.frame, command.index);
  const stop = parent.live[command.index]?.stop ?? new AbortController();
  session.options.clock
    .sleep(command.delayMs, stop.signal)
    .then(() => beginArm(session, command))
    .catch(session.crash);
}

/** Closes a round or an arm, with its result. */
export function closeFrame(session: Session, frame: Frame, ending: Ending | null): void {
  const own = session.frames.get(frame.key);
  const step = frame.steps.at(-1);
  if (own === undefined || frame.parent === null || step === undefined)
    throw new Error(`The frame "${frame.key}" is not open.`);
  const owner = ownerOf(session, frame.parent.frame, frame.parent.index);
  const { results, address } = owner;
  session.frames.delete(frame.key);
  if (step.kind === "subpipeline") return closeCall(session, own, ending, owner);
  const { ended, result } = noteEnd(results, own, ending);
  const ref = ending === null ? session.recorder.put(result) : null;
  switch (step.kind) {
    case "iteration":
      session.apply(
        session.recorder.record({
          kind: "iteration-finished",
          address,
          index: step.index,
          result: ref,
          ended,
        }),
      );
      return;
    case "arm":
      session.apply(
        session.recorder.record({
          kind: "arm-finished",
          address,
          arm: step.arm,
          attempt: step.attempt,
          result: ref,
          ended,
        }),
      );
      return;
  }
}

/** Ends an owner whose frames have ended. */
export function endOwner(session: Session, command: Extract<Command, { kind: "end-owner" }>): void {
  const { parent, results, address, live } = ownerOf(session, command.frame, command.index);
  session.owners.get(parent)?.delete(command.index);
  session.deadlines.unwatch(live);
  live.lane = session.lanes.take(session.lastLane);
  const { ending } = command;
  if (ending === null || (ending.kind === "failed" && isSwallowed(results.decision))) {
    const { id, recorder } = session;
    const own = ownerOutput(results);
    const scope = stageScope({ runId: id, frame: parent, stage: live.stage }, { output: own });
    const added = addOutputs(live.stage, own, scope, recorder.now());
    if (added.kind === "failed")
      return failAttempt(session, live, added.failure, { kind: live.stage.onError });
    const output = added.value;
    const unwritable = refuseUnwritable("output", output);
    if (unwritable !== null) return failAttempt(session, live, unwritable, { kind: live.stage.onError });
    parent.outputs[command.index] = output;
    const event = session.recorder.record({
      kind: "stage-succeeded",
      address,
      attempt: live.attempt,
      output: session.recorder.put(output),
    });
    conclude(session, live, event, { kind: "succeeded", output });
  } else if (ending.kind === "failed") {
    // What an owner did cannot be done over as one attempt: a try has retries of its own.
    failAttempt(session, live, ownerFailure(results, ending.failure), { kind: live.stage.onError });
  } else {
    const event = session.recorder.record({ kind: "stage-cancelled", address, attempt: live.attempt });
    conclude(session, live, event, { kind: "cancelled" });
  }
}

/** Whether what went wrong is the end of the owner's concern with it, and not of the owner. */
function isSwallowed(decision: OwnerDecision): boolean {
  switch (decision.kind) {
    case "try":
      return decision.swallow;
    case "call":
      return decision.onError !== "propagate";
    case "iterate":
    case "matrix":
      return false;
  }
}

function beginArm(session: Session, command: Extract<Command, { kind: "start-arm" }>): void {
  const owner = ownerOf(session, command.frame, command.index);
  const { arm, attempt } = command;
  const event = session.recorder.record({ kind: "arm-started", address: owner.address, arm, attempt });
  session.apply(event, openingOfArm(owner, command.index, command));
}

/** Notes with its owner how a round or an arm ended. */
export function noteEnd(
  results: OwnerResults,
  own: RunFrame,
  ending: Ending | null,
): { readonly ended: FrameEnd; readonly result: Json } {
  const ended: FrameEnd = ending ?? { kind: "completed" };
  const result = ending === null ? frameResult(own) : null;
  const step = own.schedule.steps.at(-1);
  if (step?.kind === "iteration") noteIteration(results, own, result, ended);
  if (step?.kind === "arm") noteArm(results, step.arm, result, ended);
  return { ended, result };
}

function noteIteration(results: OwnerResults, { loop }: RunFrame, result: Json, ended: FrameEnd): void {
  if (loop === null) return;
  const { place, index } = loop;
  if (ended.kind === "completed") results.results[place] = result;
  if (ended.kind === "failed")
    results.errors.push({ index, type: ended.failure.type, message: ended.failure.message });
}

function noteArm(
  results: OwnerResults,
  arm: "try" | "catch" | "finally",
  result: Json,
  ended: FrameEnd,
): void {
  if (ended.kind === "failed") {
    results.failure = ended.failure;
    results.recovered = false;
  }
  if (ended.kind !== "completed") return;
  if (arm === "catch") {
    results.caught = result;
    results.recovered = true;
  } else if (arm === "try") {
    results.tried = result;
    // An earlier attempt may have failed; this one did not.
    results.failure = null;
  }
}

function ownerFailure(results: OwnerResults, failure: RunFailure): RunFailure {
  const at = failure.stage === null ? "" : ` at "${failure.stage}"`;
  switch (results.decision.kind) {
    case "try":
      return failure;
    case "iterate": {
      const index = results.errors.at(0)?.index;
      // Without an item it is the loop itself that failed: it took too long.
      return index === undefined
        ? failure
        : { ...failure, message: `Item ${index} failed${at}: ${failure.message}` };
    }
    case "matrix": {
      const [first] = results.errors;
      if (first === undefined) return failure;
      const leg = nameOfLeg(results.items[first.index] ?? null);
      return { ...failure, message: `The leg ${leg} failed: ${failure.message}` };
    }
    case "call": {
      const name = results.call?.plan.pipeline.name ?? "";
      return { ...failure, message: `The pipeline "${name}" failed${at}: ${failure.message}` };
    }
  }
}
