import type { Command, CommandOption } from "./command.ts";

/** What `fm --help` says. */
export function overview(commands: readonly Command[]): string {
  const lines = commands.map(({ name, summary }) => [name, summary] as const);
  return `fm runs and checks FlowMason pipelines.

Usage: fm <command> [options]

Commands:
${table(lines)}

Options:
${table([
  ["-h, --help", "Show this, or the help of a command"],
  ["-V, --version", "Show the version"],
])}

fm <command> --help tells more about a command.
`;
}

/** What `fm <command> --help` says. */
export function commandHelp({ name, summary, usage, options, details }: Command): string {
  const lines = Object.entries(options).map(
    ([option, parts]) => [optionLabel(option, parts), parts.help] as const,
  );
  return `${summary}.

Usage: fm ${name} ${usage}

Options:
${table([...lines, ["-h, --help", "Show this"]])}

${details}
`;
}

function optionLabel(name: string, { short, value }: CommandOption): string {
  return `${short === undefined ? "    " : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`).join("\n");
}
