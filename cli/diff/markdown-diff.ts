import { type Change, describeChange, pathWords } from "#core/merge";
import { countWords, groupChanges, quietLines } from "./change-groups.ts";
import type { NamedDiff } from "./diff-files.ts";
import { markedPiece } from "./marked-piece.ts";
import { mermaidDiff } from "./mermaid-diff.ts";
import { valuePieces } from "./value-lines.ts";

/** A diff as a comment on a pull request: the graph of both, and the changes by stage. */
export function markdownDiff(named: NamedDiff): string {
  const { before, after, diff } = named;
  const title = `### ${escaped(after.name)}`;
  if (diff.changes.length === 0) return `${title}\n\nSays the same as ${escaped(before.name)}.\n`;
  const { groups, ...quiet } = groupChanges(diff.changes);
  const parts = [`${title}\n\nSince ${escaped(before.name)}: ${countWords(diff.changes)}.`];
  if (groups.length > 0) parts.push(`\`\`\`mermaid\n${mermaidDiff(named)}\`\`\``);
  for (const { stage, changes } of groups) {
    const heading = stage === null ? "**pipeline**" : `**${escaped(stage)}**`;
    parts.push([heading, "", ...changes.map((change) => `- ${lineOf(change)}`)].join("\n"));
  }
  parts.push(...quietLines(quiet).map((line) => `_${line}_`));
  return `${parts.join("\n\n")}\n`;
}

function lineOf(change: Change): string {
  if (change.kind !== "value-changed") return escaped(describeChange(change));
  return `\`${pathWords(change.path).replaceAll("`", "'")}\`: ${valuePieces(change)
    .map((piece) => markedPiece(piece, escaped))
    .join("")}`;
}

/** Text that stays text in Markdown and in the HTML within it: no link, no mention of anybody, no tag. */
function escaped(text: string): string {
  return text
    .replaceAll(/[&<>\\`*_{}[\]()#+!|~@:$]/g, (char) => `&#${char.charCodeAt(0)};`)
    .replaceAll(/\r?\n/g, " ⏎ ");
}
