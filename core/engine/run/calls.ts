import type { FrameEnd } from "#core/journal";
import type { Directive, Failure, Json } from "#core/ports";
import { checkInput } from "../plan/check-input.ts";
import type { PipelinePlan } from "../plan/run-plan.ts";
import type { Command } from "../schedule/command.ts";
import type { Ending } from "../schedule/state.ts";
import type { Live } from "./live.ts";
import { openingOfCall } from "./openings.ts";
import { type OwnerLimit, watchOwner } from "./owner-limit.ts";
import { ownerOf } from "./owner-of.ts";
import type { OwnerResults } from "./owner-output.ts";
import { pipelinesAround } from "./pipeline-run.ts";
import { followUp } from "./retry.ts";
import type { RunFrame } from "./run-frame.ts";
import { resultOf } from "./run-result.ts";
import type { Session } from "./session.ts";

type CallDirective = Extract<Directive, { kind: "call" }>;

/** A call that can be made, with the input as the called pipeline takes it. */
export interface PreparedCall {
  readonly plan: PipelinePlan;
  readonly input: Json;
  readonly visibleInput: Json;
  readonly limit: OwnerLimit | null;
  readonly sharesVariables: boolean;
}

/** Finds what a stage calls and checks its input, or says why it cannot be called. */
export function prepareCall(
  session: Session,
  { frame, stage }: Live,
  directive: CallDirective,
): { readonly ok: true; readonly call: PreparedCall } | { readonly ok: false; readonly failure: Failure } {
  const found = session.callees.find(directive, pipelinesAround(frame.pipeline));
  if (!found.ok) {
    const type = found.kind === "cycle" ? "CONTROL_FLOW" : "VALIDATION";
    return refuse(type, found.message, "pipeline_id");
  }
  const { plan } = found;
  const checked = checkInput(plan.inputSchema, directive.input);
  if (!checked.ok) {
    const message = `The pipeline "${plan.pipeline.name}" does not take this input. ${checked.messages.join(" ")}`;
    return refuse("VALIDATION", message, "input_data");
  }
  // The time that FlowMason gives a call counts only where the stage says nothing itself.
  const isWritten = stage.inputs.fields.some(({ field }) => field === "timeout_ms");
  const ownMs = isWritten || stage.timeoutMs === null ? directive.timeoutMs : null;
  const timeouts = [ownMs, stage.timeoutMs, plan.timeoutMs].filter((ms) => ms !== null);
  return {
    ok: true,
    call: {
      plan,
      input: checked.input,
      visibleInput: checked.visible,
      limit: limitOfCall(plan, timeouts.length === 0 ? null : Math.min(...timeouts)),
      sharesVariables: directive.sharesVariables,
    },
  };
}

/** The called pipeline's budget of time, or a `timeout` where that is shorter. */
function limitOfCall({ pipeline, ownBudget }: PipelinePlan, timeoutMs: number | null): OwnerLimit | null {
  const { wallTimeMs } = ownBudget;
  if (wallTimeMs !== null && (timeoutMs === null || wallTimeMs <= timeoutMs))
    return { cap: "wall_time", ms: wallTimeMs, pipeline: pipeline.name };
  return timeoutMs === null ? null : { cap: "timeout", ms: timeoutMs };
}

function refuse(
  type: Failure["type"],
  message: string,
  field: string,
): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: { type, message, recoverable: false, field } };
}

/** Begins a called pipeline, at once or, after one that failed, in a while. */
export function startCall(session: Session, command: Extract<Command, { kind: "start-call" }>): void {
  if (command.delayMs === 0) return beginCall(session, command);
  const { live } = ownerOf(session, command.frame, command.index);
  session.options.clock
    .sleep(command.delayMs, live.stop.signal)
    .then(() => beginCall(session, command))
    .catch(session.crash);
}

function beginCall(session: Session, command: Extract<Command, { kind: "start-call" }>): void {
  const owner = ownerOf(session, command.frame, command.index);
  const { results, address, live } = owner;
  const { call } = results;
  if (call === null) throw new Error(`The stage "${address.stage}" calls nothing.`);
  const { plan, limit } = call;
  const { name, path, hash } = plan.pipeline;
  const { attempt } = command;
  const event = session.recorder.record({
    kind: "call-started",
    address,
    attempt,
    pipeline: { name, path, hash },
    input: session.recorder.put(call.input),
  });
  if (plan.delivery !== null) {
    const message = `"${name}" is called, so its output_config delivers nothing: its output goes to "${address.stage}".`;
    session.recorder.record({ kind: "stage-log", address, attempt: live.attempt, level: "info", message });
  }
  results.startedAt = session.options.clock.monotonic();
  if (limit !== null) watchOwner(session, live, limit);
  session.apply(event, openingOfCall(owner, attempt));
}

/** Closes a called pipeline with its result; after a failure that trying again can mend, it may be called again. */
export function closeCall(
  session: Session,
  own: RunFrame,
  ending: Ending | null,
  { results, live }: { readonly results: OwnerResults; readonly live: Live },
): void {
  const { recorder, options, deadlines } = session;
  const { schedule, pipeline } = own;
  const step = schedule.steps.at(-1);
  if (step?.kind !== "subpipeline") throw new Error(`The frame "${schedule.key}" is no called pipeline.`);
  deadlines.unwatch(live);
  const { name, path, hash } = pipeline.plan.pipeline;
  const ms = Math.round(options.clock.monotonic() - results.startedAt);
  const { ended, output } = noteCallEnd(results, own, ending, ms);
  const next =
    ended.kind === "failed" && !live.cancelled
      ? followUp(live.stage, step.attempt, ended.failure, options.random)
      : null;
  const event = recorder.record({
    kind: "call-finished",
    address: live.address,
    attempt: step.attempt,
    pipeline: { name, path, hash },
    result: output === undefined ? null : recorder.put(output),
    ended,
    againInMs: next?.kind === "retry" ? next.delayMs : null,
  });
  session.apply(event);
}

/** Notes with its owner how a called pipeline ended after `ms` milliseconds. */
export function noteCallEnd(
  results: OwnerResults,
  own: RunFrame,
  ending: Ending | null,
  ms: number,
): { readonly ended: FrameEnd; readonly output: Json | undefined } {
  const { status, output, failure } = resultOf(own, ending);
  results.called = { status, result: output ?? null, failure, ms };
  if (ending?.kind === "cancelled") return { ended: { kind: "cancelled" }, output };
  return {
    ended: failure === null ? (ending ?? { kind: "completed" }) : { kind: "failed", failure },
    output,
  };
}
