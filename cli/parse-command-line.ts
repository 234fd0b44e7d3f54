import { parseArgs } from "node:util";
import { type Command, type CommandLine, optionsConfig, UsageError } from "./command.ts";

/** Reads what was written after a command's name. Throws {@link UsageError}. */
export async function parseCommandLine(command: Command, written: readonly string[]): Promise<CommandLine> {
  const options = optionsConfig(command);
  const args = withEmptyValues(command, written);
  await refuseUnknown(command, args, options);
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return {
      operands: positionals,
      text: (option) => {
        const value = values[option];
        return typeof value === "string" ? value : undefined;
      },
      texts: (option) => {
        const value = values[option];
        return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
      },
      has: (option) => values[option] !== undefined,
    };
  } catch (error) {
    // Node's own words are about a missing or a superfluous value, and are good.
    throw new UsageError(error instanceof Error ? error.message.replaceAll("\n", " ") : String(error));
  }
}

async function refuseUnknown(
  command: Command,
  args: readonly string[],
  options: ReturnType<typeof optionsConfig>,
): Promise<void> {
  const { tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option" || Object.hasOwn(options, token.name)) continue;
    const { nearest } = await import("#core/expressions");
    const meant = nearest(token.name, Object.keys(options));
    const hint = meant === undefined ? "" : ` Did you mean --${meant}?`;
    throw new UsageError(`fm ${command.name} has no option ${token.rawName}.${hint}`);
  }
}

/** Options that may stand without a value, with an empty one where they do. */
function withEmptyValues({ options }: Command, args: readonly string[]): readonly string[] {
  const end = args.indexOf("--");
  return args.map((arg, index) => {
    const name = arg.startsWith("--") ? arg.slice(2) : "";
    const isValue = Object.hasOwn(options, name) ? options[name]?.isValue : undefined;
    if (isValue === undefined || (end !== -1 && index > end)) return arg;
    const next = args[index + 1];
    return next !== undefined && isValue(next) ? arg : `${arg}=`;
  });
}
