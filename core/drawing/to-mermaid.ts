import type { Drawing, DrawnNode } from "./drawing.ts";
import { groupedRoots, groupInWords } from "./grouped-roots.ts";

/** The drawing as a Mermaid flowchart: what GitHub and many Markdown viewers draw from a fenced block. */
export function toMermaid(drawing: Drawing): string {
  const { edges, notes } = drawing;
  const arrows = edges.map(({ from, to, kind, label }) => {
    const arrow = kind === "waits" ? "-->" : label === null ? "-.->" : `-. ${quoted([label])} .->`;
    return `  ${from} ${arrow} ${to}`;
  });
  const used = new Set<string>();
  const { blocks, loose } = groupedRoots(drawing);
  const nodes = blocks.flatMap(({ group, nodes: members }) =>
    group === null
      ? members.flatMap((node) => nodeLines(node, "  ", used))
      : [
          `  subgraph ${group.key} [${quoted([group.title])}]`,
          ...members.flatMap((node) => nodeLines(node, "    ", used)),
          "  end",
        ],
  );
  const words = loose.map((group) => `  %% ${escaped(groupInWords(group))}`);
  const remarks = notes.map(({ key, lines }) => `  ${key}>${quoted(lines)}]`);
  const styles = CLASSES.filter(([name]) => used.has(name)).map(
    ([name, style]) => `  classDef ${name} ${style}`,
  );
  return `${["flowchart LR", ...nodes, ...remarks, ...arrows, ...styles, ...words].join("\n")}\n`;
}

/** Colours that stand out on a light and on a dark page; the text stays the page's. */
const CLASSES = [
  ["succeeded", "stroke:#2da44e,stroke-width:2px"],
  ["failed", "stroke:#e5534b,stroke-width:3px"],
  ["running", "stroke:#4184e4,stroke-width:2px"],
  ["cancelled", "stroke:#c69026,stroke-width:2px"],
  ["skipped", "stroke:#8b949e,stroke-dasharray:4 3"],
  ["waiting", "stroke:#8b949e,stroke-dasharray:1 3"],
] as const;

function nodeLines(
  { key, lines, status, children }: DrawnNode,
  indent: string,
  used: Set<string>,
): readonly string[] {
  if (status !== null) used.add(status);
  if (children.length === 0)
    return [`${indent}${key}[${quoted(lines)}]${status === null ? "" : `:::${status}`}`];
  const inside = children.flatMap((child) => nodeLines(child, `${indent}  `, used));
  const styled = status === null ? [] : [`${indent}class ${key} ${status}`];
  return [`${indent}subgraph ${key} [${quoted(lines)}]`, ...inside, `${indent}end`, ...styled];
}

function quoted(lines: readonly string[]): string {
  return `"${lines.map(escaped).join("<br/>")}"`;
}

/** Whatever could be markup of Mermaid, of Markdown or of HTML as the number of its character. */
function escaped(text: string): string {
  return Array.from(text.replaceAll(/\s/g, " "), (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return "\ufffd";
    return /[A-Za-z0-9 ]/.test(char) || code >= 0xa0 ? char : `#${code};`;
  }).join("");
}
