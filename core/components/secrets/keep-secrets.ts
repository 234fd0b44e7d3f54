import type { AttemptEvent, AttemptSecret, Executor, SecretPort, StageAttempt } from "#core/ports";
import { failed, type StageOutcome } from "../implementation.ts";
import { SHORTEST_SECRET } from "../secret-marker.ts";
import { createBlotter } from "./blotter.ts";
import { eventBlotter } from "./event-blotter.ts";
import { revealer } from "./reveal.ts";

type Emit = (event: AttemptEvent) => void;

/**
 * The executor with secrets that stay inside: values take the place of markers just before a component runs, and
 * markers the place of values in all that it tells. What an attempt without secrets costs does not change.
 */
export function keepingSecrets(inner: Executor, secrets: SecretPort): Executor {
  return {
    run: (attempt, emit, signal) => {
      if (attempt.secrets.length === 0 || attempt.secretMark === null)
        return inner.run(attempt, emit, signal);
      return runWith(inner, secrets, attempt, attempt.secretMark, emit, signal);
    },
  };
}

async function runWith(
  inner: Executor,
  port: SecretPort,
  attempt: StageAttempt,
  mark: string,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  const readable = new Map<string, string>();
  const known = new Map<string, string>();
  for (const secret of attempt.secrets) {
    const value = (await port.get(secret.source)) ?? "";
    if (secret.use === "read") {
      const refusal = refusalOf(secret, value);
      if (refusal !== null) return emit({ kind: "failed", failure: refusal.failure });
      if (!tellsPeople(attempt)) readable.set(secret.source, value);
    }
    if (value.length >= SHORTEST_SECRET) known.set(secret.source, value);
  }
  const reveal = revealer(readable, mark);
  const blotter = createBlotter(known, mark);
  const { inputs, scope } = attempt;
  // A snapshot is JSON, and stays what it was.
  const revealed = {
    inputs: reveal(inputs),
    scope: { values: reveal(scope.values), stages: reveal(scope.stages as never) as typeof scope.stages },
  };
  try {
    await inner.run({ ...attempt, ...revealed, secretMark: null }, eventBlotter(blotter, emit), signal);
  } catch (error) {
    // A defect of ours; but what it says is written down too.
    // oxlint-disable-next-line preserve-caught-error -- the cause would say the value
    throw new Error(blotter.text(error instanceof Error ? error.message : String(error)));
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
  if (value === "") {
    if (!isRequired) return null;
    return failed(
      "SECURITY",
      `The secret "${name}" has no value. Set the environment variable ${source} and run again.`,
    );
  }
  if (value.length >= SHORTEST_SECRET) return null;
  const message = `The value of the secret "${name}" (environment variable ${source}) has fewer than ${SHORTEST_SECRET} characters, so that it could not be kept out of the run's record. Use a longer one.`;
  return failed("SECURITY", message);
}
