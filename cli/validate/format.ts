/** How `fm validate` can print problems. */
export const formats = ["text", "json", "sarif"] as const;

export type Format = (typeof formats)[number];

/** The format of a name; undefined where there is none of it. */
export function formatNamed(name: string): Format | undefined {
  return formats.find((format) => format === name);
}

/** The format that words of a command line ask for, even where the line as a whole cannot be understood. */
export function askedFormat(args: readonly string[]): Format {
  const at = args.findLastIndex((arg) => arg === "--format" || arg.startsWith("--format="));
  const arg = args[at] ?? "";
  return formatNamed(arg === "--format" ? (args[at + 1] ?? "") : arg.slice("--format=".length)) ?? "text";
}
