import type { JournalEvent } from "#core/journal";
import { type OtlpChoice, openTelemetry, type SecretStore } from "#host";
import type { Terminal } from "../terminal.ts";
import { version } from "../version.ts";
import type { Telling } from "./telling.ts";

/** What of a run goes to a receiver of traces. */
export interface Traces {
  onEvent(event: JournalEvent): void;
  /** Sends the rest, and says what could not be. */
  close(): Promise<void>;
}

/** What traces are of. */
export interface TracedRun {
  readonly runId: string;
  readonly secrets: SecretStore;
  readonly telling: Telling;
  /** What the run goes on from; null where it begins. */
  readonly record: readonly JournalEvent[] | null;
}

/** Begins the traces of a run, and says where they go. */
export function beginTraces(choice: OtlpChoice, run: TracedRun, { env, err }: Terminal): Traces {
  if (choice.notice !== null) err.write(`${err.style("yellow", "warning")} ${choice.notice}\n`);
  if (choice.kind === "off") return { onEvent: () => {}, close: () => Promise.resolve() };
  const { target } = choice;
  const { runId, record, secrets, telling } = run;
  const { redactor } = secrets;
  const telemetry = openTelemetry({ target, runId, record, version: version(), env, redactor });
  if (telling !== "quiet")
    err.write(`${err.style("gray", `trace ${telemetry.traceId} to ${target.url.origin}`)}\n`);
  return {
    onEvent: telemetry.onEvent,
    async close() {
      const notice = await telemetry.close();
      if (notice !== null) err.write(`${err.style("yellow", "warning")} ${notice}\n`);
    },
  };
}
