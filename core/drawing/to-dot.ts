import type { Drawing, DrawnNode } from "./drawing.ts";
import { groupedRoots, groupInWords } from "./grouped-roots.ts";

/** The drawing in Graphviz's language. A stage with others inside is a cluster, in which a node has its name. */
export function toDot(drawing: Drawing): string {
  const { title, roots, edges, notes } = drawing;
  const containers = new Set<string>();
  const note = ({ key, children }: DrawnNode): void => {
    if (children.length > 0) containers.add(key);
    for (const child of children) note(child);
  };
  for (const root of roots) note(root);
  const end = (key: string, name: "lhead" | "ltail"): readonly string[] =>
    containers.has(key) ? [`${name}="cluster_${key}"`] : [];
  const arrows = edges.map(({ from, to, kind, label }) => {
    const attributes = [
      ...end(from, "ltail"),
      ...end(to, "lhead"),
      ...(kind === "branch" ? ["style=dashed"] : []),
      ...(label === null ? [] : [`label=${quoted([label])}`]),
    ];
    return `  ${from} -> ${to}${attributes.length === 0 ? "" : ` [${attributes.join(", ")}]`};`;
  });
  const { blocks, loose } = groupedRoots(drawing);
  const nodes = blocks.flatMap(({ group, nodes: members }) =>
    group === null
      ? members.flatMap((node) => nodeLines(node, "  "))
      : [
          `  subgraph "cluster_${group.key}" {`,
          `    label=${quoted([group.title])};`,
          "    style=dashed;",
          ...members.flatMap((node) => nodeLines(node, "    ")),
          "  }",
        ],
  );
  const lines = [
    `digraph ${quoted([title])} {`,
    "  rankdir=LR;",
    "  compound=true;",
    '  node [shape=box, style=rounded, fontname="sans-serif"];',
    '  edge [fontname="sans-serif"];',
    ...nodes,
    ...notes.map(({ key, lines: text }) => `  ${key} [label=${quoted(text)}, shape=note];`),
    ...arrows,
    ...loose.map((group) => `  // ${oneLine(groupInWords(group))}`),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

const COLOURS = {
  succeeded: "#2da44e",
  failed: "#e5534b",
  running: "#4184e4",
  cancelled: "#c69026",
  skipped: "#8b949e",
  waiting: "#8b949e",
} as const;

function nodeLines({ key, lines, status, children }: DrawnNode, indent: string): readonly string[] {
  const colour = status === null ? [] : [`color="${COLOURS[status]}"`];
  const label = `label=${quoted(lines)}`;
  if (children.length === 0) return [`${indent}${key} [${[label, ...colour].join(", ")}];`];
  return [
    `${indent}subgraph "cluster_${key}" {`,
    `${indent}  style=rounded;`,
    ...colour.map((each) => `${indent}  ${each};`),
    `${indent}  ${key} [${label}, shape=plaintext];`,
    ...children.flatMap((child) => nodeLines(child, `${indent}  `)),
    `${indent}}`,
  ];
}

function quoted(lines: readonly string[]): string {
  const escaped = lines.map((text) => oneLine(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"'));
  return `"${escaped.join("\\n")}"`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s/g, " ").replaceAll(/\p{Cc}/gu, "\ufffd");
}
