import { type CommandLine, type CommandOption, UsageError } from "../command.ts";

/** For commands whose run can be debugged while it goes. */
export const debugOptions: Readonly<Record<string, CommandOption>> = {
  "debug-port": {
    type: "string",
    value: "PORT",
    help: "Let debuggers attach on 127.0.0.1; 0 picks a port",
  },
  "debug-wait": { type: "boolean", help: "Begin when a debugger is attached" },
};

/** Where debuggers attach to a run. */
export interface DebugOption {
  /** 0 for any. */
  readonly port: number;
  /** Whether the run begins before one is there. */
  readonly begin: "at-once" | "when-attached";
}

/** What the command line says of it; null where nothing. Throws {@link UsageError}. */
export function debugOption(line: CommandLine): DebugOption | null {
  const written = line.text("debug-port");
  if (written === undefined) {
    if (line.has("debug-wait"))
      throw new UsageError("--debug-wait waits for a debugger at --debug-port: give that too.");
    return null;
  }
  const port = /^\d{1,5}$/.test(written) ? Number(written) : Number.NaN;
  if (!(port <= 65_535))
    throw new UsageError(`--debug-port takes a number from 0 to 65535, not "${written}".`);
  return { port, begin: line.has("debug-wait") ? "when-attached" : "at-once" };
}
