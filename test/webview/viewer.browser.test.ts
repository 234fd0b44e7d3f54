import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { ReadValue, ValuePage } from "#protocol";
import { graveInEachTheme } from "./harness/grave-in-each-theme.ts";
import { shareViewerHarness } from "./harness/open-viewer.ts";

const harness = shareViewerHarness();
const logOf = (page: Page) => page.evaluate(() => [...window.viewer.log]);

function valueOf(page: ValuePage, kinds: ReadValue["kinds"], type = "list"): ReadValue {
  return { version: 1, value: 7, name: "items", expression: "upstream.fetch.items", type, kinds, page };
}

const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => [`item ${from + index}`, String(from + index), null]);
const columns = ["name", "count", "a key that no row here has"];
const table = (start: number): ValuePage => ({
  as: "table",
  start,
  total: 100_000,
  columns,
  moreColumns: 2,
  rows: rows(start, 100),
});

const jsonRow = (key: string | number, text: string, inside = 0) => ({
  key,
  text,
  rows: inside,
  expression: typeof key === "number" ? `upstream.fetch.items[${key}]` : null,
});
const json: ValuePage = {
  as: "json",
  path: [],
  start: 0,
  total: 101,
  rows: [jsonRow(0, '{name: "item 0", count: 0}', 2), jsonRow(1, '"text"'), jsonRow(2, "2.5")],
};

const viewed = {
  value: valueOf(table(0), ["table", "json", "text"]),
  parts: [
    { part: { as: "table", start: 100 }, page: table(100) },
    { part: { as: "table", start: 0 }, page: table(0) },
    { part: { as: "json" }, page: json },
    {
      part: { as: "json", path: [0] },
      page: {
        ...json,
        path: [0],
        total: 2,
        rows: [jsonRow("name", '"item 0"'), jsonRow("count", "0")],
      },
    },
    { part: { as: "json", start: 3, path: [] }, page: { ...json, start: 3, rows: [jsonRow(3, "true")] } },
  ],
} as const;

test("DB-16 a list of objects is a table with pages, and as JSON a tree whose parts are read when they are opened; their paths are copied", async () => {
  const page = await harness.open(viewed);
  await page.getByRole("cell", { name: "item 99" }).waitFor();
  await page.getByText("Rows 1 to 100 of 100,000").waitFor();
  await page.getByText("2 more keys have no column here").waitFor();
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByText("Rows 101 to 200 of 100,000").waitFor();
  await page.getByRole("rowheader", { name: "199" }).waitFor();
  await page.getByRole("button", { name: "Previous" }).click();
  await page.getByText("Rows 1 to 100 of 100,000").waitFor();

  await page.getByRole("button", { name: "JSON" }).click();
  await page.locator('.json-branch[aria-expanded="false"]', { hasText: "item 0" }).press("Enter");
  await page.locator(".json-leaf", { hasText: 'name: "item 0"' }).waitFor();
  await page.locator('.json-branch[aria-expanded="true"]').click();
  await page.locator(".json-leaf", { hasText: 'name: "item 0"' }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Show 98 More of 98" }).click();
  await page.locator(".json-leaf", { hasText: "3: true" }).waitFor();
  await page.getByRole("button", { name: "Copy the path of 1" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Copy Path", exact: true }).click();
  await page.getByRole("button", { name: "Open as Document" }).click();
  await page.getByRole("button", { name: "Compare with Another Stage…" }).click();
  // What is refused is said, and what is shown stays.
  await page.getByRole("button", { name: "Text" }).click();
  await page.getByRole("alert").getByText("The debug session is over.").waitFor();
  await page.locator(".json-leaf", { hasText: "3: true" }).waitFor();
  await expect
    .poll(() => logOf(page))
    .toEqual([
      'read {"as":"table","start":100}',
      'read {"as":"table","start":0}',
      'read {"as":"json"}',
      'read {"as":"json","path":[0]}',
      'read {"as":"json","start":3,"path":[]}',
      "copy upstream.fetch.items[1]",
      "copy upstream.fetch.items",
      "document",
      "compare",
      'read {"as":"text"}',
    ]);
});

const markdown = [
  "# Report",
  "Two of **three** are `late`:",
  "",
  "- one, see [the page](https://example.test/)",
  "- two",
  "  1. inner",
  "",
  "> said so",
  "",
  "| stage | ms |",
  "|---|---|",
  "| fetch | 12 |",
  "",
  "```",
  "code()",
  "```",
  "<img src=https://example.test/x.png onerror=alert(1)> ![a cat](https://example.test/cat.png) [bad](javascript:alert(1))",
].join("\n");

test("DB-16 a text in Markdown is drawn without its HTML and without fetching anything, and a long text has pages", async () => {
  const asMarkdown = { as: "markdown", start: 0, total: markdown.length, text: markdown } as const;
  const part = (start: number) =>
    ({ as: "text", start, total: 50_000_000, text: `${start} `.padEnd(100_000, "x") }) as const;
  const page = await harness.open({
    value: valueOf(asMarkdown, ["markdown", "text"], "string"),
    parts: [
      { part: { as: "text" }, page: part(0) },
      { part: { as: "text", start: 100_000 }, page: part(100_000) },
    ],
  });
  const text = page.locator(".viewer-markdown");
  await text.getByRole("heading", { name: "Report" }).waitFor();
  await text.getByText("<img src=https://example.test/x.png onerror=alert(1)>").waitFor();
  await text.getByText("[picture: a cat]").waitFor();
  expect(await text.locator("img, script").count()).toBe(0);
  expect(
    await text.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("href"))),
  ).toEqual(["https://example.test/"]);
  await text.getByRole("cell", { name: "fetch" }).waitFor();
  await page.getByRole("button", { name: "Text" }).click();
  await page.getByText("Characters 1 to 100,000 of 50,000,000").waitFor();
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByText("Characters 100,001 to 200,000 of 50,000,000").waitFor();
  await page.locator(".viewer-text", { hasText: /^100000 x/ }).waitFor();
});

const picture = (svg: string, type = "image/svg+xml"): ValuePage => ({
  as: "image",
  type,
  bytes: svg.length,
  base64: btoa(svg),
});

test("DB-16 a picture is drawn as one, whose scripts do not run; one that is damaged or too large says so", async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" onload="parent.document.title=1"><script>parent.document.title=1</script><rect width="40" height="30" fill="red"/></svg>';
  const page = await harness.open({
    value: valueOf(picture(svg), ["image", "text"], "string"),
    parts: [
      { part: { as: "image" }, page: { as: "image", type: "image/png", bytes: 12_000_000, base64: null } },
    ],
  });
  await page.getByText(`image/svg+xml, ${svg.length} bytes, 40 × 30`).waitFor();
  expect(await page.title()).toBe("Value");
  expect(await page.locator("svg").count()).toBe(0);
  await page.getByRole("button", { name: "Image" }).click();
  await page.getByText("This picture has 12,000,000 bytes, which is more than the viewer shows.").waitFor();

  const damaged = await harness.open({
    value: valueOf(picture("no picture", "image/png"), ["image", "text"], "string"),
    parts: [],
  });
  await damaged.getByRole("alert").filter({ hasText: "cannot be drawn: it is damaged or cut off" }).waitFor();
});

const looks = [
  [
    "table",
    { value: valueOf({ ...table(0), rows: rows(0, 20) } as ValuePage, ["table", "json", "text"]), parts: [] },
  ],
  ["json", { value: valueOf(json, ["json", "text"]), parts: viewed.parts }],
  [
    "markdown",
    {
      value: valueOf(
        { as: "markdown", start: 0, total: markdown.length, text: markdown },
        ["markdown", "text"],
        "string",
      ),
      parts: [],
    },
  ],
] as const;

test("axe finds nothing grave in the viewer, in four themes", async () => {
  for (const [name, look] of looks) {
    const page = await harness.open(look, "dark");
    if (name === "json") {
      await page.locator(".json-branch").click();
      await page.locator(".json-leaf", { hasText: "item 0" }).waitFor();
    }
    expect(await graveInEachTheme(page, `viewer-${name}`)).toEqual([]);
  }
});

test("DB-16 what is shown is kept for when the window is loaded anew, unless it is very long", async () => {
  const long: ValuePage = { as: "text", start: 0, total: 600_000, text: "x".repeat(600_000) };
  const parts = [...viewed.parts, { part: { as: "text" as const }, page: long }];
  const page = await harness.open({ value: viewed.value, parts });
  const kept = () => page.evaluate(() => [...window.viewer.kept]);
  await expect.poll(kept).toEqual([viewed.value]);
  await page.getByRole("button", { name: "JSON" }).click();
  await expect.poll(kept).toEqual([viewed.value, { ...viewed.value, page: json }]);
  await page.getByRole("button", { name: "Text" }).click();
  await expect.poll(async () => (await kept()).at(-1)).toBe(null);
});
