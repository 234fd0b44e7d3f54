import { expect, test } from "vitest";
import { readMarkdown } from "../../webview/viewer/markdown.ts";

const text = (words: string) => ({ kind: "text", text: words });

test("headings, paragraphs, lists in lists, quotes, fences, tables and rules are read", () => {
  const read = readMarkdown(
    [
      "# A *title*",
      "one **two**",
      "three `four`",
      "",
      "1. first",
      "   - inner",
      "2. second",
      "",
      "> quoted",
      "```js",
      "# no title",
      "```",
      "| a | b |",
      "|---|---|",
      "| 1 | 2 |",
      "---",
    ].join("\n"),
  );
  expect(read).toEqual([
    { kind: "heading", level: 1, content: [text("A "), { kind: "emphasis", content: [text("title")] }] },
    {
      kind: "paragraph",
      content: [
        text("one "),
        { kind: "strong", content: [text("two")] },
        text("\nthree "),
        { kind: "code", text: "four" },
      ],
    },
    {
      kind: "list",
      first: 1,
      items: [
        [
          { kind: "paragraph", content: [text("first")] },
          { kind: "list", first: null, items: [[{ kind: "paragraph", content: [text("inner")] }]] },
        ],
        [{ kind: "paragraph", content: [text("second")] }],
      ],
    },
    { kind: "quote", blocks: [{ kind: "paragraph", content: [text("quoted")] }] },
    { kind: "code", text: "# no title" },
    {
      kind: "table",
      rows: [
        [[text("a")], [text("b")]],
        [[text("1")], [text("2")]],
      ],
    },
    { kind: "rule" },
  ]);
});

test("every column of a table is read alike, however many there are", () => {
  const row = (cell: string): string => `|${` ${cell} |`.repeat(12)}`;
  const [table] = readMarkdown([row("name"), row("---"), row("**x**")].join("\n"));
  const strong = { kind: "strong", content: [text("x")] };
  expect(table).toMatchObject({
    kind: "table",
    rows: [{ length: 12 }, Array.from({ length: 12 }, () => [strong])],
  });
});

test("HTML is text, pictures are only named, and links lead to web pages and letters only", () => {
  expect(
    readMarkdown(
      "<script>alert(1)</script> ![cat](https://x.test/c.png) [a](javascript:b) [b](command:c) [c](https://x.test)",
    ),
  ).toEqual([
    {
      kind: "paragraph",
      content: [
        text("<script>alert(1)</script> "),
        { kind: "picture", text: "cat" },
        text(" "),
        { kind: "link", href: null, content: [text("a")] },
        text(" "),
        { kind: "link", href: null, content: [text("b")] },
        text(" "),
        { kind: "link", href: "https://x.test", content: [text("c")] },
      ],
    },
  ]);
});

test.for(["[", "*", "`", "_", "![", "> ", "- ", "1. ", "| ", "#", "\n\n- a"])(
  "a hundred thousand characters of %j take no second, and none of them is lost in a loop",
  (mark) => {
    const long = mark.repeat(Math.ceil(100_000 / mark.length));
    const begun = performance.now();
    expect(readMarkdown(long).length).toBeGreaterThan(0);
    expect(performance.now() - begun).toBeLessThan(5000);
  },
);
