import type { ParseArgsOptionsConfig } from "node:util";
import type { ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** One word after `fm`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows `fm <name>`: `FILE [options]`. */
  readonly usage: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  /** What help says besides: a paragraph or two, and examples. */
  readonly details: string;
  readonly run: (line: CommandLine, terminal: Terminal) => Promise<ExitCode>;
  /**
   * What standard output is to hold when the command was written wrongly, where `args` ask for a document: whoever
   * reads one reads it then too. Null where they do not.
   */
  readonly usageDocument?: (args: readonly string[], message: string) => Promise<string | null>;
}

/** An option, and how help shows it. */
export interface CommandOption {
  readonly type: "string" | "boolean";
  readonly short?: string;
  /** Whether it may be given more than once: read with `texts`. */
  readonly multiple?: true;
  /** What stands for the value: `JSON`, `FILE`. */
  readonly value?: string;
  readonly help: string;
  /** Whether a word after it is its value, where it may have none: it is an empty text then. */
  readonly isValue?: (word: string) => boolean;
}

/** What was written after the command's name. */
export interface CommandLine {
  readonly operands: readonly string[];
  /** The text of a string option; undefined when it is not there. */
  readonly text: (option: string) => string | undefined;
  /** The texts of an option that may be given more than once. */
  readonly texts: (option: string) => readonly string[];
  readonly has: (option: string) => boolean;
}

/** The command was written wrongly: shown with a pointer to its help, exit code 3. */
export class UsageError extends Error {}

/** What was named cannot be used: shown as it is, exit code 2. */
export class UnusableInput extends Error {}

/** Options in the form of `node:util`. */
export function optionsConfig(command: Command): ParseArgsOptionsConfig {
  const help = ["help", { type: "boolean", short: "h" }] as const;
  const own = Object.entries(command.options).map(
    ([name, { type, short, multiple = false }]) =>
      [name, { type, multiple, ...(short === undefined ? {} : { short }) }] as const,
  );
  return Object.fromEntries([help, ...own]);
}
