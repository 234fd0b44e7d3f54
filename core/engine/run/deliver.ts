import { deliveryId, isJsonObject } from "#core/pipeline";
import type { AttemptEvent, Failure, Json, JsonObject, StageAddress, StageAttempt } from "#core/ports";
import type { DeliveryPlan } from "../plan/run-plan.ts";
import type { RunResult } from "./run.ts";
import type { RunFrame } from "./run-frame.ts";
import { secretsFor } from "./secrets-for.ts";
import type { Session } from "./session.ts";
import { scopeSnapshot } from "./snapshot.ts";

/** How a delivery ended. */
export type DeliveryEnd =
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly failure: Failure }
  | { readonly kind: "cancelled" };

const address: StageAddress = { frames: [], stage: deliveryId };

/** The destinations that are meant for this result; null when nothing is to be delivered. A cancelled run delivers nothing. */
export function dueDelivery(plan: DeliveryPlan | null, { status, failure }: RunResult): DueDelivery | null {
  if (plan === null || status === "cancelled") return null;
  const { destinations } = plan;
  if (!Array.isArray(destinations)) return { plan, destinations };
  // What cannot be rendered after a failure, since it reads what did not run, may be meant for successes only.
  const meant = destinations.filter((each: Json) => !isJsonObject(each) || isMeant(each, failure));
  return meant.length === 0 ? null : { plan, destinations: meant };
}

/** What is to be delivered, and where. */
export interface DueDelivery {
  readonly plan: DeliveryPlan;
  readonly destinations: Json;
}

/** Whether a destination may be meant: what a template says is known when it is rendered. */
function isMeant(destination: JsonObject, failure: Failure | null): boolean {
  const { enabled = true, on_success = true, on_error = false, error_types: types = [] } = destination;
  if (enabled === false) return false;
  if (failure === null) return on_success !== false;
  if (on_error === false || on_error === null) return false;
  return !Array.isArray(types) || types.length === 0 || types.includes(failure.type);
}

/**
 * Delivers a run's result with the component output_router, as one attempt of a stage `$output_config` in the journal.
 * Rejects for defects of the executor only.
 */
export async function deliver(
  session: Session,
  root: RunFrame,
  due: DueDelivery,
  result: RunResult,
  signal: AbortSignal,
): Promise<DeliveryEnd> {
  const { id: runId, recorder, options } = session;
  const { stage } = due.plan;
  const { type, version } = stage.definition;
  const key = `${runId}:${deliveryId}#1`;
  const inputs = inputsOf(session, root, due, result);
  recorder.record({
    kind: "stage-started",
    address,
    attempt: 1,
    attemptKey: key,
    componentType: type,
    inputs: recorder.put(inputs),
  });
  const { secrets, secretMark } = secretsFor(stage, root.pipeline.plan);
  const attempt: StageAttempt = {
    key,
    runId,
    address,
    attempt: 1,
    retriesLeft: 0,
    component: { type, version },
    inputs,
    scope: scopeSnapshot({ runId, frame: root, stage }),
    secrets,
    secretMark,
    model: null,
    now: recorder.now(),
    // Each destination has a limit of its own.
    timeoutMs: null,
    cache: null,
  };
  // A delivery that nobody knows of would be made again.
  await options.journal.flush();
  if (signal.aborted) return cancelled(session);
  let end: DeliveryEnd | null = null;
  const hear = (event: AttemptEvent): void => {
    if (end !== null || signal.aborted) return;
    end = record(session, event, result);
  };
  try {
    await options.executor.run(attempt, hear, signal);
  } catch (error) {
    if (end === null && !signal.aborted) throw error;
  }
  if (end !== null) return end;
  if (!signal.aborted) throw new Error("The executor of output_config ended without telling how.");
  return cancelled(session);
}

function cancelled({ recorder }: Session): DeliveryEnd {
  recorder.record({ kind: "stage-cancelled", address, attempt: 1 });
  return { kind: "cancelled" };
}

/** What the component is told (facts, section 1.4): the output, or the failure, and whose it is. */
function inputsOf(
  { id: runId }: Session,
  root: RunFrame,
  { plan, destinations }: DueDelivery,
  { output, failure }: RunResult,
): JsonObject {
  const { pipeline } = root.pipeline.plan;
  const about = {
    run_id: runId,
    pipeline_id: pipeline.id,
    pipeline_name: pipeline.name,
    pipeline_version: pipeline.version,
  };
  const isError = failure !== null;
  return {
    data: output ?? null,
    destinations,
    is_error: isError,
    ...(isError ? { error_message: failure.message } : {}),
    metadata: isError ? { ...about, error_type: failure.type, stage_id: failure.stage } : about,
    parallel: true,
    // A run that has failed fails no more.
    fail_on_error: plan.failOnError && !isError,
  };
}

/** Records what the component tells; gives the end when it is one. */
function record({ recorder }: Session, event: AttemptEvent, result: RunResult): DeliveryEnd | null {
  const at = { address, attempt: 1 } as const;
  switch (event.kind) {
    case "log": {
      const { level, message, values } = event;
      const more = values === undefined ? {} : { values: recorder.put(values) };
      recorder.record({ kind: "stage-log", ...at, level, message, ...more });
      return null;
    }
    case "succeeded":
      recorder.record({ kind: "stage-succeeded", ...at, output: recorder.put(event.output) });
      return { kind: "done" };
    case "failed":
      // The run's own failure is what its end tells, so this one is told now.
      if (result.failure !== null) {
        const message = `The failure was not delivered. ${event.failure.message}`;
        recorder.record({ kind: "stage-log", ...at, level: "warning", message });
      }
      recorder.record({ kind: "stage-failed", ...at, failure: event.failure, next: { kind: "propagate" } });
      return { kind: "failed", failure: event.failure };
    // The component has neither a model nor a question, and is never left out.
    case "delta":
    case "cache":
    case "model-called":
    case "model-answered":
    case "question-asked":
    case "question-closed":
      return null;
  }
}

/** The run's result once it was delivered, or was not: a failure that it had already stays. */
export function resultAfter(result: RunResult, end: DeliveryEnd): RunResult {
  switch (end.kind) {
    case "done":
      return result;
    case "cancelled":
      return result.failure === null ? { ...result, status: "cancelled" } : result;
    case "failed": {
      if (result.failure !== null) return result;
      const message = `The run gave its output, and it was not delivered. ${end.failure.message}`;
      return { ...result, status: "failed", failure: { ...end.failure, message, stage: deliveryId } };
    }
  }
}
