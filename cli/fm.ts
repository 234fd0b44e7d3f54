import { type Command, UnusableInput, UsageError } from "./command.ts";
import { commands } from "./command-table.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { commandHelp, overview } from "./help.ts";
import { parseCommandLine } from "./parse-command-line.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";

/** Does what `fm` is asked with `args`, the words after `fm`. Defects are thrown. */
export async function fm(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [first, ...rest] = args;
  try {
    switch (first) {
      case undefined:
        terminal.err.write(overview(commands));
        return exitCode.usage;
      case "-h":
      case "--help":
      case "help":
        return await help(rest, terminal);
      case "-V":
      case "--version":
        terminal.out.write(`${version()}\n`);
        return exitCode.done;
      default:
        return await runCommand(await commandNamed(first), rest, terminal);
    }
  } catch (error) {
    return reported(error, terminal);
  }
}

async function runCommand(command: Command, args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    const line = await parseCommandLine(command, args);
    if (!line.has("help")) return await command.run(line, terminal);
    terminal.out.write(commandHelp(command));
    return exitCode.done;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const document = await command.usageDocument?.(args, error.message);
    if (typeof document === "string") terminal.out.write(document);
    throw new UsageError(`${error.message}\nfm ${command.name} --help shows how it is used.`);
  }
}

async function help([name]: readonly string[], terminal: Terminal): Promise<ExitCode> {
  terminal.out.write(name === undefined ? overview(commands) : commandHelp(await commandNamed(name)));
  return exitCode.done;
}

async function commandNamed(name: string): Promise<Command> {
  const command = commands.find((candidate) => candidate.name === name);
  if (command !== undefined) return command;
  if (name.startsWith("-")) throw new UsageError(`fm has no option ${name}.\nfm --help shows what there is.`);
  const names = commands.map((candidate) => candidate.name);
  const { nearest } = await import("#core/expressions");
  const meant = nearest(name, names);
  const hint = meant === undefined ? `There are ${names.join(", ")}.` : `Did you mean ${meant}?`;
  throw new UsageError(`fm has no command "${name}". ${hint}`);
}

function reported(error: unknown, { err }: Terminal): ExitCode {
  if (!(error instanceof UsageError || error instanceof UnusableInput)) throw error;
  err.write(`${err.style("red", "fm:")} ${error.message}\n`);
  return error instanceof UsageError ? exitCode.usage : exitCode.unusable;
}
