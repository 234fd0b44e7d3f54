import { type Change, changeSign, describeChange, type Piece, pathWords } from "#core/merge";
import { printable } from "../terminal.ts";
import { countWords, groupChanges, quietLines } from "./change-groups.ts";
import type { NamedDiff, Styler } from "./diff-files.ts";
import { valuePieces } from "./value-lines.ts";

/** A diff for a terminal: `[-gone-]` and `{+new+}` where there is no colour, as Git writes them. */
export function textDiff({ before, after, diff: { changes } }: NamedDiff, styler: Styler): string {
  if (changes.length === 0) return "";
  const { groups, ...quiet } = groupChanges(changes);
  const lines = [`${printable(`${before.name} -> ${after.name}`)}: ${countWords(changes)}`];
  for (const { stage, changes: own } of groups) {
    const [first] = own;
    const single = own.length === 1 && first !== undefined && first.kind !== "value-changed";
    if (!single) lines.push(styler.style("bold", stage === null ? "pipeline" : printable(stage)));
    for (const change of own) lines.push(`${single ? "" : "  "}${lineOf(change, styler)}`);
  }
  lines.push(...quietLines(quiet));
  return `${lines.join("\n")}\n`;
}

function lineOf(change: Change, styler: Styler): string {
  const sign = changeSign(change);
  const words =
    change.kind === "value-changed"
      ? `${printable(pathWords(change.path))}: ${valuePieces(change)
          .map((piece) => pieceText(piece, styler))
          .join("")}`
      : printable(describeChange(change));
  return `${signed(sign, styler)} ${words}`;
}

function signed(sign: ReturnType<typeof changeSign>, styler: Styler): string {
  switch (sign) {
    case "+":
      return styler.style("green", sign);
    case "-":
      return styler.style("red", sign);
    case "~":
    case "»":
      return styler.style("yellow", sign);
  }
}

function pieceText({ kind, text }: Piece, styler: Styler): string {
  const line = printable(text.replaceAll("\n", "⏎"));
  switch (kind) {
    case "same":
      return line;
    case "removed":
      return styler.style("red", `[-${line}-]`);
    case "added":
      return styler.style("green", `{+${line}+}`);
  }
}
