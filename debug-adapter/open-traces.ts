import type { DebugProtocol } from "@vscode/debugprotocol";
import type { JournalEvent } from "#core/journal";
import { type OtlpChoice, openTelemetry, otlpTarget, TelemetryFault, type Workspace } from "#host";
import { adapterErrors } from "./adapter-error.ts";
import type { PreparedLaunch } from "./prepare-launch.ts";

/** What of a run goes to a receiver of traces. */
export interface Traces {
  onEvent(event: JournalEvent): void;
  /** Sends the rest, and says what could not be. */
  close(): Promise<void>;
}

/** Where the environment and flowmason.json say that traces go. Throws {@link adapterErrors.unusableTraces}. */
export function chooseTraces({ manifest }: Workspace, env: PreparedLaunch["env"]): OtlpChoice {
  try {
    return otlpTarget({ option: undefined, env, manifest: manifest.telemetry });
  } catch (error) {
    throw error instanceof TelemetryFault ? adapterErrors.unusableTraces(error.message) : error;
  }
}

/** Begins the traces of a run, and says in the console where they go. */
export function openTraces(
  { otlp, env, secrets }: PreparedLaunch,
  runId: string,
  write: (body: DebugProtocol.OutputEvent["body"]) => void,
): Traces {
  const say = (text: string): void => write({ category: "console", output: `${text}\n` });
  if (otlp.notice !== null) say(otlp.notice);
  if (otlp.kind === "off") return { onEvent: () => {}, close: () => Promise.resolve() };
  const { target } = otlp;
  const { redactor } = secrets;
  const telemetry = openTelemetry({ target, runId, record: null, version: null, env, redactor });
  say(`Trace ${telemetry.traceId} to ${target.url.origin}`);
  return {
    onEvent: telemetry.onEvent,
    async close() {
      const notice = await telemetry.close();
      if (notice !== null) say(notice);
    },
  };
}
