import process from "node:process";
import { type Command, type CommandLine, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import type { Terminal } from "../terminal.ts";

/** `fm lsp`: the language server for any editor. */
export const lspCommand: Command = {
  name: "lsp",
  summary: "Check pipelines while they are written, for any client of the Language Server Protocol",
  usage: "[--stdio]",
  options: {
    stdio: { type: "boolean", help: "Standard input and output: the only way, taken without it too" },
  },
  details: `Speaks the Language Server Protocol on standard input and output until the client leaves. It takes texts of the
language "flowmason-pipeline" and files called *.pipeline.json.`,
  run,
};

async function run(line: CommandLine, { interrupted }: Terminal): Promise<ExitCode> {
  if (line.operands.length > 0) throw new UsageError("fm lsp takes no file: the client opens it.");
  // The server is loaded only when asked for, so that the other commands start fast.
  const { startLanguageServer } = await import("#language-server");
  startLanguageServer("stdio");
  await new Promise<void>((resolve) => {
    interrupted.addEventListener("abort", () => resolve(), { once: true });
  });
  // The client's end of the channel is still open; nobody listens at this one any more.
  process.exit(exitCode.cancelled);
}
