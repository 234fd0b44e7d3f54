import {
  completeInputs,
  componentDefinitions,
  findDefinition,
  type Project,
} from "#core/component-definitions";
import type {
  AttemptEvent,
  AttemptSteps,
  ExecutionPorts,
  Executor,
  JsonObject,
  StageAttempt,
} from "#core/ports";
import { attemptScope } from "./attempt-scope.ts";
import { type Call, failed, type Implementation, type StageOutcome } from "./implementation.ts";
import { implementations } from "./implementations.ts";
import { keepingSecrets } from "./secrets/keep-secrets.ts";
import { withTimeLimit } from "./time-limit.ts";

type Emit = (event: AttemptEvent) => void;

/** Components that others run. */
export interface OtherComponents {
  /** Of the whole project: expressions that a component evaluates may name a stage of any type. */
  readonly definitions: Project["definitions"];
  /** By canonical type, who runs what is not built in. */
  readonly executors: ReadonlyMap<string, Executor>;
}

const noOthers: OtherComponents = { definitions: componentDefinitions, executors: new Map() };

/**
 * Runs attempts of the built-in components with these ports and sends those of others on. Emits exactly one
 * `succeeded` or `failed`, as the last event.
 */
export function createExecutor(ports: ExecutionPorts, others: OtherComponents = noOthers): Executor {
  const tools: Tools = { ports, definitions: others.definitions };
  const executor: Executor = {
    run(attempt, emit, signal, steps) {
      const other = others.executors.get(attempt.component.type);
      if (other !== undefined) return other.run(attempt, emit, signal, steps);
      const end = (outcome: StageOutcome): void =>
        emit(finalEvent(signal.aborted ? cancelled(outcome) : outcome));
      const outcome = runAttempt(attempt, tools, { emit, steps }, signal);
      if (outcome instanceof Promise) return outcome.then(end);
      end(outcome);
      return undefined;
    },
  };
  return keepingSecrets(executor, ports.secrets);
}

interface Tools {
  readonly ports: ExecutionPorts;
  readonly definitions: Project["definitions"];
}

/** Who hears of an attempt, and who looks into it. */
interface Heard {
  readonly emit: Emit;
  readonly steps: AttemptSteps | undefined;
}

function runAttempt(
  attempt: StageAttempt,
  tools: Tools,
  heard: Heard,
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
  if (attempt.secrets.every(({ use }) => use === "hide")) {
    return execute(implementation, callOf(attempt, completed.inputs, noSecrets, tools, heard), signal);
  }
  return executeWithSecrets(implementation, attempt, completed.inputs, tools, heard, signal);
}

const noSecrets: ReadonlyMap<string, string> = new Map();

async function executeWithSecrets(
  implementation: Implementation,
  attempt: StageAttempt,
  inputs: JsonObject,
  tools: Tools,
  heard: Heard,
  signal: AbortSignal,
): Promise<StageOutcome> {
  const secrets = new Map<string, string>();
  for (const { name, source, use } of attempt.secrets) {
    // One without a value was refused before, unless it may be without.
    if (use === "read") secrets.set(name, (await tools.ports.secrets.get(source)) ?? "");
  }
  return execute(implementation, callOf(attempt, inputs, secrets, tools, heard), signal);
}

function callOf(
  attempt: StageAttempt,
  inputs: JsonObject,
  secrets: ReadonlyMap<string, string>,
  { ports, definitions }: Tools,
  { emit, steps }: Heard,
): Call {
  const scope: Call["scope"] = (names) => attemptScope(attempt.scope, definitions, secrets, names);
  return { inputs, attempt, ports, emit, steps, scope };
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
        { ms, clock: call.ports.clock, message, heldMs: () => call.steps?.heldMs() ?? 0 },
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
