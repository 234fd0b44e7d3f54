import process from "node:process";
import { type Command, type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import type { Terminal } from "../terminal.ts";

/** `fm dap`: the debug adapter for any DAP client. */
export const dapCommand: Command = {
  name: "dap",
  summary: "Debug pipelines from any client of the Debug Adapter Protocol",
  usage: "[--port PORT]",
  options: {
    port: {
      type: "string",
      value: "PORT",
      help: "Listen on 127.0.0.1 instead of standard input; 0 picks a port",
    },
  },
  details: `Speaks the Debug Adapter Protocol on standard input and output until the client leaves, or with --port to
one client after another; the address is printed on standard error. A launch request takes
{ "pipeline": PATH, "input": {…}, "inputFile": PATH, "stopOnEntry": false, "provider": NAME, "env": {…}, "cwd": DIR,
"record": true, "maxTokens": N, "maxCost": USD, "maxTime": "10m", "recordCassette": FILE, "replayCassette": FILE,
"stopBranches": "all" or "one", "pins": "ignore" }; with "replay": RUN in place of "pipeline" it shows a recorded run.
After a client whose messages cannot be told apart the run is cancelled, and without --port the exit code is 2.`,
  run,
};

async function run(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  if (line.operands.length > 0)
    throw new UsageError("fm dap takes no file: the client names it when it launches.");
  const written = line.text("port");
  // The adapter is loaded only when asked for, so that the other commands start fast.
  const { parsePort, serveStdio, serveTcp } = await import("#debug-adapter");
  if (written === undefined) {
    // A client that ends its adapter by a signal leaves nobody to tell; what runs has no one to go on for.
    terminal.interrupted.addEventListener("abort", () => process.exit(exitCode.cancelled), { once: true });
    const end = await serveStdio(terminal.redaction.by);
    switch (end) {
      case "left":
        return exitCode.done;
      case "lost":
        return exitCode.unusable;
    }
  }
  const port = parsePort(written);
  if (port === null) throw new UsageError(`--port takes a number from 0 to 65535, not "${written}".`);
  try {
    await serveTcp(port, terminal.redaction.by, terminal.interrupted);
  } catch (error) {
    throw new UnusableInput(
      `Port ${port} cannot be listened on: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  return exitCode.done;
}
