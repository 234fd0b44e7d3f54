import { completeInputs, findDefinition } from "#core/component-definitions";
import type { AttemptEvent, ExecutionPorts, Executor, JsonObject, StageAttempt } from "#core/ports";
import { attemptScope } from "./attempt-scope.ts";
import { type Call, failed, type Implementation, type StageOutcome } from "./implementation.ts";
import { implementations } from "./implementations.ts";
import { withTimeLimit } from "./time-limit.ts";

type Emit = (event: AttemptEvent) => void;

/** Runs attempts of the built-in components with these ports. Emits exactly one `succeeded` or `failed`, as the last event. */
export function createExecutor(ports: ExecutionPorts): Executor {
  return {
    run(attempt, emit, signal) {
      const end = (outcome: StageOutcome): void =>
        emit(finalEvent(signal.aborted ? cancelled(outcome) : outcome));
      const outcome = runAttempt(attempt, ports, emit, signal);
      if (outcome instanceof Promise) return outcome.then(end);
      end(outcome);
      return undefined;
    },
  };
}

function runAttempt(
  attempt: StageAttempt,
  ports: ExecutionPorts,
  emit: Emit,
  signal: AbortSignal,
): StageOutcome | Promise<StageOutcome> {
  const type = attempt.component.type;
  const definition = findDefinition(type);
  if (definition === undefined) {
    return failed("EXECUTION", `There is no component "${type}". Correct the stage's component_type.`);
  }
  const implementation = implementations.get(definition.type);
  if (implementation === undefined) {
    return failed(
      "EXECUTION",
      `The component "${definition.type}" is not available in this version of FlowMason.`,
    );
  }
  const completed = completeInputs(definition, attempt.inputs);
  if (!completed.ok) return completed;
  if (attempt.secrets.length === 0) {
    return execute(implementation, callOf(attempt, completed.inputs, noSecrets, ports, emit), signal);
  }
  return executeWithSecrets(implementation, attempt, completed.inputs, ports, emit, signal);
}

const noSecrets: ReadonlyMap<string, string> = new Map();

async function executeWithSecrets(
  implementation: Implementation,
  attempt: StageAttempt,
  inputs: JsonObject,
  ports: ExecutionPorts,
  emit: Emit,
  signal: AbortSignal,
): Promise<StageOutcome> {
  const secrets = new Map<string, string>();
  for (const name of attempt.secrets) {
    const value = await ports.secrets.get(name);
    if (value === undefined) {
      return failed(
        "SECURITY",
        `The secret "${name}" has no value. Set the environment variable ${name} and run again.`,
      );
    }
    secrets.set(name, value);
  }
  return execute(implementation, callOf(attempt, inputs, secrets, ports, emit), signal);
}

function callOf(
  attempt: StageAttempt,
  inputs: JsonObject,
  secrets: ReadonlyMap<string, string>,
  ports: ExecutionPorts,
  emit: Emit,
): Call {
  return { inputs, attempt, ports, emit, scope: (names) => attemptScope(attempt.scope, secrets, names) };
}

function execute(
  implementation: Implementation,
  call: Call,
  signal: AbortSignal,
): StageOutcome | Promise<StageOutcome> {
  switch (implementation.kind) {
    case "immediate":
      return implementation.execute(call);
    case "waiting": {
      const ms = call.attempt.timeoutMs;
      if (ms === null) return implementation.execute(call, signal);
      const message = `The stage took longer than its limit of ${ms} ms. Raise its "timeout", or find out what is slow.`;
      return withTimeLimit(
        { ms, clock: call.ports.clock, message },
        (limited) => implementation.execute(call, limited),
        signal,
      );
    }
  }
}

/** What was cancelled may have failed in any way on its way out: the cause is the cancellation. */
function cancelled(outcome: StageOutcome): StageOutcome {
  return outcome.ok ? outcome : failed("CANCELLED", "The stage was cancelled.");
}

function finalEvent(outcome: StageOutcome): AttemptEvent {
  if (!outcome.ok) return { kind: "failed", failure: outcome.failure };
  const { output, directive } = outcome;
  return directive === undefined ? { kind: "succeeded", output } : { kind: "succeeded", output, directive };
}
