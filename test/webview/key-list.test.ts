import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keyGroups, keyWords } from "../../webview/help/key-list.ts";

test("CE-07 docs/canvas.md lists every key that the help of the canvas lists, and no other", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/canvas.md"), "utf8");
  const rows = keyGroups.flatMap(({ title, entries }) => [
    `### ${title}`,
    ...entries.map(
      ({ keys, does }) =>
        `| ${keyWords(keys)
          .map((word) => `\`${word}\``)
          .join(", ")} | ${does} |`,
    ),
  ]);
  const written = page.slice(page.indexOf("## Keys")).split("\n");
  expect(written.filter((line) => line.startsWith("### ") || line.startsWith("| `"))).toEqual(rows);
});
