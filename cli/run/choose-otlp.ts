import { type OtlpChoice, otlpTarget, TelemetryFault, type Workspace } from "#host";
import { type CommandLine, UnusableInput } from "../command.ts";
import type { Terminal } from "../terminal.ts";

/** Where the traces of a run go, before anything has run. Throws {@link UnusableInput}. */
export function chooseOtlp({ manifest }: Workspace, line: CommandLine, { env }: Terminal): OtlpChoice {
  try {
    return otlpTarget({ option: line.text("otlp"), env, manifest: manifest.telemetry });
  } catch (error) {
    throw error instanceof TelemetryFault ? new UnusableInput(error.message) : error;
  }
}
