import { type CommandLine, type CommandOption, UsageError } from "../command.ts";

/** How much a run says on standard error: only what went wrong and what it asks, what became of it, or all that it does. */
export type Telling = "quiet" | "calm" | "verbose";

/** The options for it, of every command that runs something. */
export const tellingOptions: Readonly<Record<string, CommandOption>> = {
  verbose: {
    type: "boolean",
    short: "v",
    help: "Tell of each stage when it starts and ends, rounds of loops too, and all that it logs",
  },
  quiet: { type: "boolean", short: "q", help: "Say nothing but the output, and what went wrong" },
};

/** What the command line says of it. Throws {@link UsageError}. */
export function tellingOf(line: CommandLine): Telling {
  if (line.has("quiet") && line.has("verbose"))
    throw new UsageError("Only one of --quiet and --verbose can be given.");
  return line.has("quiet") ? "quiet" : line.has("verbose") ? "verbose" : "calm";
}
