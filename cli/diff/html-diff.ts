import { type Change, changeSign, describeChange, pathWords } from "#core/merge";
import { countWords, groupChanges, quietLines } from "./change-groups.ts";
import type { NamedDiff } from "./diff-files.ts";
import { markedPiece } from "./marked-piece.ts";
import { valuePieces } from "./value-lines.ts";

/** A diff as a page of its own that loads nothing. */
export function htmlDiff({ before, after, diff: { changes } }: NamedDiff): string {
  const { groups, ...quiet } = groupChanges(changes);
  const sections = groups.map(
    ({ stage, changes: own }) =>
      `<section><h2>${escaped(stage ?? "pipeline")}</h2><ul>${own.map(itemOf).join("")}</ul></section>`,
  );
  const summary = changes.length === 0 ? "No difference" : countWords(changes);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(after.name)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(after.name)}</h1>
<p>Since ${escaped(before.name)}: ${escaped(summary)}.</p>
${sections.join("\n")}
${quietLines(quiet)
  .map((line) => `<p class="quiet">${line}</p>`)
  .join("\n")}
</body>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; --gone: #ffd7d5; --new: #ccffd8; --line: #d0d7de; }
@media (prefers-color-scheme: dark) { :root { --gone: #67060c; --new: #033a16; --line: #444c56; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
section { border: 1px solid var(--line); border-radius: 6px; margin: 1rem 0; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; }
ul { list-style: none; padding: 0; } li { margin: .4rem 0; overflow-wrap: anywhere; }
code, del, ins { font-family: ui-monospace, monospace; font-size: .9em; }
del { background: var(--gone); } ins { background: var(--new); text-decoration: none; }
.sign { display: inline-block; width: 1.2rem; font-family: ui-monospace, monospace; }
`;

function itemOf(change: Change): string {
  const sign = `<span class="sign">${escaped(changeSign(change))}</span>`;
  const words =
    change.kind === "value-changed"
      ? `<code>${escaped(pathWords(change.path))}</code>: ${valuePieces(change)
          .map((piece) => markedPiece(piece, escaped))
          .join("")}`
      : escaped(describeChange(change));
  return `<li>${sign}${words}</li>`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
