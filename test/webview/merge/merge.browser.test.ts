import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { ShownMerge } from "#protocol";
import { graveInEachTheme } from "../harness/grave-in-each-theme.ts";
import { shareMergeHarness } from "../harness/open-merge.ts";
import { pipelineText } from "../pipelines.ts";
import { conflicting, independent, merging, wrongTogether } from "./merged-texts.ts";

const harness = shareMergeHarness();

const counter = (page: Page, words: string) => page.getByRole("status").filter({ hasText: words }).waitFor();
/** As a text: the types of JSON values are too deep for the browser's driver. */
const show = (page: Page, shown: ShownMerge) =>
  page.evaluate((text) => window.merge.show(JSON.parse(text)), JSON.stringify(shown));
const logOf = (page: Page) => page.evaluate(() => [...window.merge.log]);
const decisions = (page: Page) => page.getByRole("option");
const shownMerge = merging(conflicting);
const open = shownMerge.answer.ok ? shownMerge.answer.decisions.filter(({ state }) => state === "open") : [];

test("DM-11 every decision says why, has what each side has, and is decided by button or by key", async () => {
  const page = await harness.open(shownMerge);
  await counter(page, `${open.length} of ${open.length} left`);
  expect(await page.evaluate(() => window.merge.kept)).toEqual([{ file: shownMerge.file }]);
  const first = open[0];
  if (first === undefined) throw new Error("There is nothing to decide.");
  await page.locator(".decision-why", { hasText: first.message }).waitFor();
  for (const text of [first.ours.text, first.theirs.text])
    expect(await page.locator(".details").textContent()).toContain((text ?? "").split(" ").at(-1) ?? "");
  await page.getByRole("button", { name: "Take Theirs" }).click();
  await page.keyboard.press("1");
  expect(await logOf(page)).toEqual([`choose ${first.id} "theirs"`, `choose ${first.id} "ours"`]);

  await show(page, merging(conflicting, [{ decision: first.id, choice: "theirs" }]));
  await counter(page, `${open.length - 1} of ${open.length} left`);
  expect(await page.getByRole("button", { name: "Take Theirs" }).getAttribute("aria-pressed")).toBe("true");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.locator(".decision-list").press("Control+Shift+Z");
  expect((await logOf(page)).slice(2)).toEqual(["undo", "redo"]);
});

test("DM-11 an error that only both sides make is a decision that has no sides", async () => {
  const page = await harness.open(merging(wrongTogether));
  await counter(page, "1 of 1 left");
  await page.locator(".decision-why", { hasText: "an error that neither side has" }).waitFor();
  await page.getByRole("button", { name: "Take Both" }).waitFor();
  expect(await page.locator(".details").getByRole("heading", { level: 3 }).count()).toBe(0);
  const looks = process.env["FLOWMASON_LOOKS"];
  if (looks !== undefined) await page.screenshot({ path: `${looks}/merge-wrong-together.png` });
  await page.keyboard.press("4");
  expect(await logOf(page)).toContain('choose problem:FM1207:reader "both"');
});

test("DM-11 of two stages of one id both can be taken, by button or by key, and left open again", async () => {
  const base = { id: "fetch", component_type: "http_request", config: { url: "https://example.com/notes" } };
  const texts = {
    base: pipelineText([base]),
    ours: pipelineText([base, { id: "new", config: { message: "one" } }]),
    theirs: pipelineText([base, { ...base, id: "new" }]),
  };
  const page = await harness.open(merging(texts));
  await counter(page, "1 of 1 left");
  const both = page.getByRole("button", { name: "Take Both" });
  await both.click();
  await page.keyboard.press("4");
  await show(page, merging(texts, [{ decision: "/stages/new", choice: "both" }]));
  await counter(page, "Decided");
  await page.locator('[data-side="result"] .stage[data-stage="new_2"]').waitFor();
  expect(await both.getAttribute("aria-pressed")).toBe("true");
  await both.click();
  const chosen = 'choose /stages/new "both"';
  await page.keyboard.press("Control+z");
  await expect.poll(() => logOf(page)).toEqual([chosen, chosen, "choose /stages/new null", "undo"]);
});

test("DM-11 F7 goes to the next open decision before a key that follows at once decides anything", async () => {
  const page = await harness.open(shownMerge);
  await counter(page, `${open.length} of ${open.length} left`);
  await page.locator(".decision-list").press("F7");
  await page.keyboard.press("1");
  await page.keyboard.press("Shift+F7");
  await page.keyboard.press("2");
  expect(await logOf(page)).toEqual([`choose ${open[1]?.id} "ours"`, `choose ${open[0]?.id} "theirs"`]);
});

test("DM-06 orders that do not go together are a decision about the list, with each order as one", async () => {
  const stages = (...ids: readonly string[]) => pipelineText(ids.map((id) => ({ id })));
  const orders = { base: stages("a", "b", "c"), ours: stages("c", "b", "a"), theirs: stages("b", "c", "a") };
  const page = await harness.open(merging({ ...orders, theirs: orders.theirs.replace("1.0.0", "1.1.0") }));
  await counter(page, "Nothing to decide");
  await page.getByRole("heading", { name: "Pipeline · order of stages" }).waitFor();
  for (const order of ["c → b → a", "b → c → a", "a → b → c"]) await page.getByText(order).waitFor();
  await page.getByRole("button", { name: "Take Theirs" }).click();
  await expect.poll(() => logOf(page)).toContain('choose #order "theirs"');
});

test("DM-12 the value before both can be taken, or one of one's own, which has to be JSON", async () => {
  const page = await harness.open(shownMerge);
  const temperature = open.find(({ path }) => path === "config.temperature");
  await decisions(page).filter({ hasText: "config.temperature" }).click();
  await page.getByRole("button", { name: "Take Base" }).click();
  await page.getByLabel("A value of your own").fill("0,7");
  await page.getByRole("button", { name: "Take This Value" }).click();
  await page.getByRole("alert").filter({ hasText: "This is no JSON" }).waitFor();
  await page.getByLabel("A value of your own").fill("0.7");
  await page.getByRole("button", { name: "Take This Value" }).click();
  expect(await logOf(page)).toEqual([
    `choose ${temperature?.id} "base"`,
    `choose ${temperature?.id} {"value":0.7}`,
  ]);
});

test("DM-11 base, ours, theirs and the result are graphs in step, and a decision brings its stage into view on all", async () => {
  const page = await harness.open(shownMerge);
  await page.getByRole("button", { name: "Base", exact: true }).click();
  await decisions(page).filter({ hasText: "config.temperature" }).click();
  for (const side of ["base", "ours", "theirs", "result"])
    await page
      .locator(`[data-side="${side}"] .stage[data-stage="summarize"][data-selected="true"]`)
      .waitFor();
  const scales = await page
    .locator(".react-flow__viewport")
    .evaluateAll((views) => views.map((view) => getComputedStyle(view).transform));
  expect(new Set(scales).size).toBe(1);
  await page.getByRole("button", { name: "Show Whole Graphs" }).click();
  await page.locator('[data-side="theirs"] .stage[data-stage="mail"]').waitFor();
  await page.getByRole("button", { name: "Theirs", exact: true }).click();
  await page.locator('[data-side="theirs"]').waitFor({ state: "detached" });
});

test("DM-11 a stage that the sides have laid out elsewhere is seen at one place on all when it is looked at", async () => {
  const placed = (x: number, version: string) =>
    pipelineText([{ id: "far" }, { id: "near" }]).replace(
      '"1.0.0"',
      `"${version}", "layout": { "far": { "x": ${x}, "y": ${x} }, "near": { "x": 0, "y": 0 } }`,
    );
  const sides = { base: placed(900, "1.0.0"), ours: placed(4000, "1.0.1"), theirs: placed(900, "1.0.2") };
  const theirs = sides.theirs.replace('"id": "far"', '"description": "Theirs.", "id": "far"');
  const ours = sides.ours.replace('"id": "far"', '"description": "Ours.", "id": "far"');
  const page = await harness.open(merging({ ...sides, ours, theirs }));
  await counter(page, "left");
  await decisions(page).filter({ hasText: "description" }).click();
  const placeIn = async (side: string) => {
    const pane = await page.locator(`[data-side="${side}"] .compared-canvas`).boundingBox();
    const stage = await page.locator(`[data-side="${side}"] .stage[data-stage="far"]`).boundingBox();
    if (pane === null || stage === null) throw new Error(`"far" is not seen on ${side}.`);
    return { x: Math.round(stage.x - pane.x), y: Math.round(stage.y - pane.y) };
  };
  await expect
    .poll(async () => [await placeIn("ours"), await placeIn("theirs")])
    .toEqual(Array.from({ length: 2 }, () => expect.objectContaining({ x: expect.any(Number) })));
  const result = await placeIn("result");
  for (const side of ["ours", "theirs"]) expect(await placeIn(side)).toEqual(result);
  // They are in step from there on.
  await page.locator('[data-side="ours"] .compared-canvas').hover();
  await page.mouse.wheel(30, 20);
  await expect.poll(() => placeIn("ours")).not.toEqual(result);
  const moved = await placeIn("ours");
  for (const side of ["result", "theirs"]) await expect.poll(() => placeIn(side)).toEqual(moved);
});

test("DM-11 a stage that each side gave another id is looked at on both, and in the result", async () => {
  const named = (id: string, version: string) =>
    pipelineText([
      { id, config: { message: "Say something that is long enough to be known again." } },
    ]).replace("1.0.0", version);
  const renamed = {
    base: named("old", "1.0.0"),
    ours: named("mine", "1.0.1"),
    theirs: named("yours", "1.0.2"),
  };
  const page = await harness.open(merging(renamed));
  await decisions(page).filter({ hasText: 'Ours renamed the stage "old"' }).click();
  for (const [side, id] of [
    ["ours", "mine"],
    ["theirs", "yours"],
    ["result", "mine"],
  ])
    await page.locator(`[data-side="${side}"] .stage[data-stage="${id}"][data-selected="true"]`).waitFor();
});

test("DM-11 the way through the decisions goes to those that are open, and ends with the merge", async () => {
  const page = await harness.open(shownMerge);
  await counter(page, "left");
  const selected = () => page.locator('.decision[aria-selected="true"]').textContent();
  const seen = new Set([await selected()]);
  for (let step = 1; step < open.length; step++) {
    await page.evaluate(() => window.merge.step("next"));
    await expect.poll(selected).not.toBe([...seen].at(-1));
    seen.add(await selected());
  }
  expect(seen.size).toBe(open.length);
  await page.getByRole("button", { name: "Show the Result as Text" }).click();
  await page.getByRole("button", { name: "Complete Merge" }).click();
  expect(await logOf(page)).toEqual(["open result", "complete"]);
});

test("DM-11 what a check finds in the result is listed as choices are made", async () => {
  const page = await harness.open(shownMerge);
  await page.getByRole("heading", { name: "The result has no problems" }).waitFor();
  const id = open.find(({ path }) => path === "config.temperature")?.id ?? "";
  await show(page, merging(conflicting, [{ decision: id, choice: { value: "warm" } }]));
  await page.getByRole("heading", { name: "Problems of the result: 1" }).waitFor();
  await page.locator(".merge-problem", { hasText: "summarize" }).click();
  await page.locator('[data-side="result"] .stage[data-stage="summarize"][data-selected="true"]').waitFor();
});

test("DM-11 axe finds nothing grave in a merge, and in what is said where there is none, in four themes", async () => {
  const states = [
    shownMerge,
    merging(independent),
    merging({ ...conflicting, theirs: "<<<<<<< HEAD" }),
    { kind: "refused", message: "Git has no conflict in notes.pipeline.json." } as const,
  ];
  const page = await harness.open(null);
  await page.getByText("Merging…").waitFor();
  for (const [index, state] of states.entries()) {
    if (index > 0) await page.reload();
    await page.locator("#root > *").first().waitFor();
    await show(page, state);
    await page
      .getByText(["of 3 left", "Nothing to decide", "is no pipeline", "Git has no conflict"][index] ?? "")
      .first()
      .waitFor();
    expect(await graveInEachTheme(page, `merge-${index}`)).toEqual([]);
  }
});
