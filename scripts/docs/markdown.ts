/** A table; cells are Markdown in one line each. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(heading), line(heading.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Code in a line. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** JSON as people write it: what fits is in one line. */
export function json(value: unknown, indent = ""): string {
  const inLine = JSON.stringify(value, null, 1).replaceAll(/\n */g, " ");
  if (typeof value !== "object" || value === null || indent.length + inLine.length <= 90) {
    return Array.isArray(value) ? `[${value.map((item) => json(item, indent)).join(", ")}]` : inLine;
  }
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const lines = Array.isArray(value)
    ? value.map((item) => json(item, inner))
    : Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${json(each, inner)}`);
  return `${open}\n${lines.map((line) => inner + line).join(",\n")}\n${indent}${close}`;
}

/** A page: its parts with an empty line between them, and a line that says where it comes from. */
export function page(title: string, parts: readonly string[]): string {
  const note = "<!-- Written by `npm run docs` from the definitions. Do not edit. -->";
  return `${[`# ${title}`, note, ...parts].join("\n\n")}\n`;
}

function cell(text: string): string {
  return text.replaceAll("\n", " ").replaceAll("|", "\\|");
}
