import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { parsePipeline } from "#core/pipeline";
import { answerDiff } from "#language-server";
import type { ShownComparison } from "#protocol";
import { graveInEachTheme } from "../harness/grave-in-each-theme.ts";
import { shareComparisonHarness } from "../harness/open-comparison.ts";
import { pipelineText } from "../pipelines.ts";
import { eachChange } from "./compared-texts.ts";

const harness = shareComparisonHarness();

/** What the extension would show of two texts; null: there is no such file. */
function comparing(before: string | null, after: string | null): ShownComparison {
  return {
    kind: "compared",
    before: { name: "HEAD", text: before },
    after: { name: "notes.pipeline.json", text: after },
    answer: answerDiff(parsePipeline(before ?? "{}"), parsePipeline(after ?? "{}")),
    components: [],
    runs: null,
  };
}

const shown = comparing(eachChange.before, eachChange.after);
const change = (page: Page, words: string) => page.getByRole("option", { name: words });
const selectedStage = (page: Page, side: string) =>
  page.locator(`[data-side="${side}"] .stage[data-selected="true"]`);
const counter = (page: Page, words: string) => page.getByRole("status").filter({ hasText: words }).waitFor();
const logOf = (page: Page) => page.evaluate(() => [...window.comparison.log]);

test("DM-04 list, union graph and both sides are in step, whichever a change is chosen in, and lead to the JSON", async () => {
  const page = await harness.open(shown);
  await counter(page, "9 changes");
  await page.evaluate(() => window.comparison.step("next"));
  await counter(page, "Change 1 of 9");
  expect(await selectedStage(page, "union").getAttribute("data-stage")).toBe("digest");
  await page.evaluate(() => window.comparison.step("previous"));
  await counter(page, "Change 9 of 9");
  await page.getByRole("button", { name: "Next Change" }).click();
  await counter(page, "Change 1 of 9");

  await change(page, 'Stage "check" (filter) removed').click();
  // What is gone is still there, as what has become of it.
  const ghost = '.stage[data-stage="check"][data-change="removed"][data-selected="true"]';
  await page.locator(`[data-side="union"] ${ghost}`).waitFor();
  await page.getByRole("button", { name: "Show Whole Graph" }).click();
  await page.locator('[data-side="union"] .stage[data-stage="store"]').click();
  await page.locator('[aria-selected="true"]', { hasText: 'Stage "store" (logger) added' }).waitFor();

  await page.getByRole("button", { name: "Side by Side" }).click();
  // What was looked at stays in view; the rest is where the narrower panes have no place for it.
  await page.locator('[data-side="after"] .stage[data-stage="store"][data-selected="true"]').waitFor();
  await page.getByRole("button", { name: "Show Whole Graph" }).click();
  await page.locator('[data-side="before"] .stage[data-stage="check"]').waitFor();
  expect(await selectedStage(page, "before").count()).toBe(0);
  expect(await selectedStage(page, "after").getAttribute("data-stage")).toBe("store");
  expect(await page.locator('[data-side="before"] .stage[data-stage="digest"]').textContent()).toContain(
    "summarize",
  );
  await change(page, "config.prompt changed").click();
  for (const side of ["before", "after"])
    await page.locator(`[data-side="${side}"] .stage[data-stage="digest"][data-selected="true"]`).waitFor();

  await page.getByRole("button", { name: "Show config.prompt in the Text Before" }).click();
  await page.getByRole("button", { name: "Show config.prompt in the Text After" }).click();
  const lineOf = (text: string, words: string) => text.slice(0, text.indexOf(words)).split("\n").length;
  await expect
    .poll(() => logOf(page))
    .toEqual([
      `open before ${lineOf(eachChange.before, "one sentence")}`,
      `open after ${lineOf(eachChange.after, "two sentences")}`,
    ]);
});

test("DM-05 a changed prompt is shown word by word inside its stage's changes", async () => {
  const page = await harness.open(shown);
  await change(page, "config.prompt changed").click();
  const row = page.locator(".properties tr[data-current='true']");
  await row.waitFor();
  expect(await row.locator("del").allTextContents()).toEqual(["one", "sentence"]);
  expect(await row.locator("ins").allTextContents()).toEqual(["two", "sentences"]);
});

test("DM-04 the keyboard goes through the list and to the text, and filters leave out what is not looked for", async () => {
  const page = await harness.open(shown);
  await page.getByRole("listbox").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await counter(page, "Change 9 of 9");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await logOf(page)).length).toBe(1);
  await page.getByRole("button", { name: /^Stages/ }).click();
  expect(await change(page, 'Stage "check" (filter) removed').count()).toBe(0);
  await page.getByRole("button", { name: /^Edges/ }).click();
  await page.getByRole("button", { name: /^Config/ }).click();
  await counter(page, "1 change");
  expect(await page.getByRole("option").allTextContents()).toEqual(["~config.prompt changed"]);
});

test("DM-01 what is only drawn elsewhere is one line, and what is only formatted otherwise is said", async () => {
  const at = (x: number) => pipelineText([{ id: "a", position: { x, y: 0 } }, { id: "b" }]);
  const moved = await harness.open(comparing(at(0), at(300)));
  await moved.getByText("Layout: 1 place on the canvas").waitFor();
  await moved.getByText("Only the layout differs").waitFor();
  await counter(moved, "No changes");
  const formatted = await harness.open(comparing(at(0), JSON.stringify(JSON.parse(at(0)))));
  await formatted.getByText("Only formatting differs").waitFor();
  const same = await harness.open(comparing(at(0), at(0)));
  await same.getByText("Both texts are the same.").waitFor();
});

test("a file that was added, one that cannot be read, and a refusal are told as what they are", async () => {
  const added = await harness.open(comparing(null, pipelineText([{ id: "a" }])));
  await added.getByText("There is no such file in HEAD: all of it is new.").waitFor();
  await added.locator('.stage[data-stage="a"][data-change="added"]').waitFor();
  const broken = eachChange.after.replace('"name": "test",', '"name" "test",');
  const unreadable = await harness.open(comparing(eachChange.before, broken));
  await unreadable.getByRole("alert").filter({ hasText: "notes.pipeline.json cannot be read" }).waitFor();
  expect(await unreadable.locator("[data-fault='true']").textContent()).toContain('"name" "test"');
  await unreadable.getByRole("button", { name: "Show in Text" }).click();
  await expect.poll(() => logOf(unreadable)).toEqual(["open after 2"]);
  // It is mended.
  await unreadable.evaluate((next) => window.comparison.show(next), shown);
  await counter(unreadable, "9 changes");
  const refused = await harness.open({ kind: "refused", message: "This folder is in no Git repository." });
  await refused.getByRole("alert").filter({ hasText: "no Git repository" }).waitFor();
  const loading = await harness.open(null);
  await loading.getByRole("status").filter({ hasText: "Comparing…" }).waitFor();
});

test("500 stages are compared; what is seen first has a change in it, and the last is gone to and stays in view", async () => {
  const many = (words: string) =>
    pipelineText(
      Array.from({ length: 500 }, (_, index) => ({
        id: `stage_${index}`,
        config: { message: index % 5 === 0 && index >= 300 ? words : "m" },
        depends_on: index < 10 ? [] : [`stage_${index - 10}`],
      })),
    );
  const page = await harness.open(comparing(many("before"), many("after")));
  await counter(page, "40 changes");
  await page.locator('.stage[data-stage="stage_300"][data-selected="false"]').waitFor();
  await page.evaluate(() => window.comparison.step("previous"));
  await page.locator('.stage[data-stage="stage_495"][data-selected="true"]').waitFor();
  await keep(page, "comparison-500");
  await page.getByRole("button", { name: "Side by Side" }).click();
  for (const side of ["before", "after"]) {
    const pane = page.locator(`[data-side="${side}"]`);
    // The selected one is there anywhere; that beside it only where it is seen.
    await pane.locator('.stage[data-stage="stage_495"][data-selected="true"]').waitFor();
    await pane.locator('.stage[data-stage="stage_485"]').waitFor();
  }
});

test("axe finds nothing grave in a comparison, in four themes", async () => {
  const page = await harness.open(shown);
  await change(page, "config.prompt changed").click();
  await page.locator(".properties tr[data-current='true']").waitFor();
  expect(await graveInEachTheme(page, "comparison")).toEqual([]);
  await page.getByRole("button", { name: "Side by Side" }).click();
  await page.locator('[data-side="before"] .stage[data-stage="check"]').waitFor();
  expect(await graveInEachTheme(page, "comparison-sides")).toEqual([]);
});

async function keep(page: Page, name: string): Promise<void> {
  const folder = process.env["FLOWMASON_SCREENSHOTS"];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}
