import type {
  AttemptEvent,
  AttemptSecret,
  AttemptSteps,
  Executor,
  SecretPort,
  StageAttempt,
} from "#core/ports";
import {
  createRedactor,
  type Redactor,
  revealer,
  SecretUnavailable,
  SHORTEST_SECRET,
  whereSecretIs,
} from "#core/secrets";
import { failed, type StageOutcome } from "../implementation.ts";
import { redactingEvents } from "./redacting-events.ts";
import { redactingSteps } from "./redacting-steps.ts";

type Emit = (event: AttemptEvent) => void;

/** The secrets of one run, read once. */
interface KeptSecrets {
  readonly redactor: Redactor;
  /** By source; those that have no value are looked for again. */
  readonly values: Map<string, string>;
}

/**
 * The executor with secrets that stay inside: values take the place of markers just before a component runs, and
 * markers the place of values in all that it tells. What an attempt without secrets costs does not change.
 */
export function keepingSecrets(inner: Executor, port: SecretPort): Executor {
  const runs = new Map<string, KeptSecrets>();
  const keptBy = (mark: string): KeptSecrets => {
    const kept = runs.get(mark) ?? { redactor: createRedactor(mark), values: new Map() };
    runs.set(mark, kept);
    return kept;
  };
  return {
    run: (attempt, emit, signal, steps) => {
      const { secrets, secretMark } = attempt;
      if (secrets.length === 0 || secretMark === null) return inner.run(attempt, emit, signal, steps);
      const kept = keptBy(secretMark);
      const unread = secrets.filter(({ source }) => !kept.values.has(source));
      if (unread.length === 0) return runWith(inner, kept, attempt, { emit, steps }, signal);
      return readInto(kept, port, unread).then((failure) => {
        if (failure === null) return runWith(inner, kept, attempt, { emit, steps }, signal);
        emit(failure);
      });
    },
  };
}

/** Gives the end of the attempt where a secret cannot be read. */
async function readInto(
  { redactor, values }: KeptSecrets,
  port: SecretPort,
  secrets: readonly AttemptSecret[],
): Promise<AttemptEvent | null> {
  for (const { source } of secrets) {
    try {
      const value = (await port.get(source)) ?? "";
      if (value === "") continue;
      values.set(source, value);
      redactor.know(source, value);
    } catch (error) {
      if (!(error instanceof SecretUnavailable)) throw error;
      return { kind: "failed", failure: failed("SECURITY", error.message).failure };
    }
  }
  return null;
}

function runWith(
  inner: Executor,
  { redactor, values }: KeptSecrets,
  attempt: StageAttempt,
  { emit, steps }: { readonly emit: Emit; readonly steps: AttemptSteps | undefined },
  signal: AbortSignal,
): Promise<void> | void {
  const readable = new Map<string, string>();
  for (const secret of attempt.secrets) {
    if (secret.use !== "read") continue;
    const value = values.get(secret.source) ?? "";
    const refusal = refusalOf(secret, value);
    if (refusal !== null) return emit({ kind: "failed", failure: refusal.failure });
    if (!tellsPeople(attempt)) readable.set(secret.source, value);
  }
  const reveal = revealer(readable, redactor.mark);
  const { inputs, scope } = attempt;
  // A snapshot is JSON, and stays what it was.
  const revealed = {
    inputs: reveal(inputs),
    scope: { values: reveal(scope.values), stages: reveal(scope.stages as never) as typeof scope.stages },
  };
  const hide = (error: unknown): never => {
    // A defect of ours; but what it says is written down too.
    // oxlint-disable-next-line preserve-caught-error -- the cause would say the value
    throw new Error(redactor.text(error instanceof Error ? error.message : String(error)));
  };
  try {
    const told = redactor.isIdle() ? emit : redactingEvents(redactor, emit);
    const seen = steps === undefined || redactor.isIdle() ? steps : redactingSteps(redactor, steps);
    const running = inner.run({ ...attempt, ...revealed, secretMark: null }, told, signal, seen);
    return running instanceof Promise ? running.catch(hide) : running;
  } catch (error) {
    return hide(error);
  }
}

/** Whether all that a component does with its inputs is to show them to people, in terminals and logs of others too. */
function tellsPeople({ component }: StageAttempt): boolean {
  return component.type === "approval";
}

function refusalOf(
  { name, source, isRequired }: AttemptSecret,
  value: string,
): (StageOutcome & { readonly ok: false }) | null {
  const where = whereSecretIs(source);
  if (value === "") {
    if (!isRequired) return null;
    return failed("SECURITY", `The secret "${name}" has no value. Set the ${where} and run again.`);
  }
  if (value.length >= SHORTEST_SECRET) return null;
  const message = `The value of the secret "${name}" (${where}) has fewer than ${SHORTEST_SECRET} characters, so that it could not be kept out of the run's record. Use a longer one.`;
  return failed("SECURITY", message);
}
