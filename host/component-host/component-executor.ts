import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { type AttemptEvent, addressKey, type Executor, type Failure, type StageAttempt } from "#core/ports";
import { explainEnd } from "./explain-end.ts";
import type { HostEnvironment } from "./host-process.ts";
import type { AttemptCall, FromProcess } from "./messages.ts";
import { printedLines } from "./printed-lines.ts";
import { createProcessPool, type PooledProcess } from "./process-pool.ts";

/** How long a component may take to stop when it is told to, in milliseconds; then its process is killed. */
const graceMs = 500;

/** Runs attempts of components in processes of their own. */
export interface ComponentExecutor extends Executor {
  /** Ends its processes. */
  close(): void;
}

/** An executor for components; `files` gives the file of each type, relative to the root. */
export function createComponentExecutor(
  environment: HostEnvironment,
  files: ReadonlyMap<string, string>,
): ComponentExecutor {
  const pool = createProcessPool(environment);
  return {
    async run(attempt, emit, signal) {
      const path = files.get(attempt.component.type);
      if (path === undefined) throw new Error(`No file has the component "${attempt.component.type}".`);
      for (;;) {
        const pooled = await pool.take(join(environment.root, path), signal);
        if (pooled === undefined) return emit({ kind: "failed", failure: cancelled });
        const end = await runIn(pooled, attempt, emit, signal);
        pool.release(pooled, end === "clean" ? "clean" : "spent");
        if (end !== "not-begun") return;
      }
    },
    close: () => pool.close(),
  };
}

const cancelled: Failure = { type: "CANCELLED", message: "The stage was cancelled.", recoverable: false };

type RunEnd =
  /** The process can be used again … */
  | "clean"
  /** … or not. */
  | "spent"
  /** A process that was used before had ended when it was to begin: nothing of the attempt has happened. */
  | "not-begun";

/** Runs one attempt to its end, or to that of the process. */
function runIn(
  pooled: PooledProcess,
  attempt: StageAttempt,
  emit: (event: AttemptEvent) => void,
  signal: AbortSignal,
): Promise<RunEnd> {
  const { file, process } = pooled;
  return new Promise((resolve) => {
    const nonce = randomUUID();
    const output = printedLines(nonce, (level, message) => emit({ kind: "log", level, message }));
    let hasBegun = false;
    let patience: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      process.send({ kind: "cancel" });
      patience = setTimeout(() => process.kill(), graceMs);
    };
    const finish = (last: AttemptEvent | null, end: RunEnd): void => {
      clearTimeout(patience);
      signal.removeEventListener("abort", cancel);
      process.listen(null);
      if (last !== null) emit(signal.aborted ? { kind: "failed", failure: cancelled } : last);
      resolve(end);
    };
    process.listen({
      message(message) {
        if (message.kind === "started") hasBegun = true;
        if (message.kind === "log") emit(logOf(message));
        if (message.kind !== "succeeded" && message.kind !== "failed") return;
        const last = lastOf(message);
        // What was printed comes another way, and may come later.
        void output.ended.then(() => finish(last, message.isClean ? "clean" : "spent"));
      },
      printed: output.take,
      ended(end) {
        if (pooled.uses > 1 && !hasBegun && !signal.aborted) return finish(null, "not-begun");
        output.close();
        const message = `${attempt.component.type}: ${explainEnd(end, output.lastOf("stderr"))}`;
        finish({ kind: "failed", failure: { type: "EXECUTION", message, recoverable: false } }, "spent");
      },
    });
    process.send({ kind: "run", file, nonce, call: callOf(attempt) });
    if (signal.aborted) cancel();
    else signal.addEventListener("abort", cancel, { once: true });
  });
}

function callOf({ component, inputs, address, runId, attempt, key, now }: StageAttempt): AttemptCall {
  const stage = { id: address.stage, path: addressKey(address) };
  return { type: component.type, inputs, stage, runId, attempt, key, now };
}

function logOf({ level, message, values }: Extract<FromProcess, { kind: "log" }>): AttemptEvent {
  return values === undefined ? { kind: "log", level, message } : { kind: "log", level, message, values };
}

function lastOf(message: Extract<FromProcess, { kind: "succeeded" | "failed" }>): AttemptEvent {
  if (message.kind === "succeeded") return { kind: "succeeded", output: message.output };
  const { type, recoverable, field, details } = message.failure;
  return {
    kind: "failed",
    failure: {
      type,
      message: message.failure.message,
      recoverable,
      ...(field === undefined ? {} : { field }),
      ...(details === undefined ? {} : { details }),
    },
  };
}
