import type { Command, CommandOption } from "./command.ts";

/** Columns of the narrowest terminal that help is laid out for. */
const WIDTH = 80;

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
  return `${wrapped(`${summary}.`, WIDTH).join("\n")}

Usage: fm ${name} ${usage}

Options:
${table([...lines, ["-h, --help", "Show this"]])}

${paragraphs(details)}
`;
}

function optionLabel(name: string, { short, value }: CommandOption): string {
  return `${short === undefined ? "    " : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([label]) => label.length));
  const indent = " ".repeat(width + 4);
  return rows
    .map(
      ([label, text]) =>
        `  ${label.padEnd(width)}  ${wrapped(text, WIDTH - indent.length).join(`\n${indent}`)}`,
    )
    .join("\n");
}

/** Prose is laid out anew; lines that are indented, such as examples, stay as they are. */
function paragraphs(details: string): string {
  const parts: string[] = [];
  let isProse = false;
  for (const line of details.split("\n")) {
    const goesOn = line !== "" && !line.startsWith(" ");
    const last = parts.at(-1);
    if (isProse && goesOn && last !== undefined) parts[parts.length - 1] = `${last} ${line}`;
    else parts.push(line);
    isProse = goesOn;
  }
  return parts.map((part) => (part.startsWith(" ") ? part : wrapped(part, WIDTH).join("\n"))).join("\n");
}

/** A text in lines of at most so many columns, where its words are not longer. */
function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
