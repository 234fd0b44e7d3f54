import { expect, test } from "vitest";
import { type CanvasPage } from "./harness/open-harness.ts";
import { shareHarness } from "./harness/share-harness.ts";
import { pipelineText } from "./pipelines.ts";

const harness = shareHarness();
let canvas: CanvasPage;

const layout = {
  "$group:1": { title: "Both", stages: ["a", "b"], color: "green" },
  "$note:1": { x: 0, y: 200, text: "Why it is so", color: "purple" },
  a: { x: 0, y: 0, color: "red" },
  b: { x: 300, y: 0 },
};
const text = pipelineText([{ id: "a" }, { id: "b", depends_on: ["a"] }], { layout });
const layoutNow = async (): Promise<Record<string, Record<string, unknown>>> =>
  JSON.parse(await canvas.text()).layout ?? {};

test("CE-17 notes, groups and colours are drawn, and edited, moved and deleted with keys and pointer", async () => {
  canvas = await harness.open({ text });
  const { page } = canvas;
  const note = page.locator('[data-note="$note:1"]');
  const title = page.locator('[data-note="$group:1"]');
  await expect.poll(() => note.innerText()).toBe("Why it is so");
  expect(await title.innerText()).toBe("Both");
  expect(await canvas.stage("a").getAttribute("data-accent")).toBe("red");
  expect(await canvas.stage("b").getAttribute("data-accent")).toBe(null);

  await note.dblclick();
  await page.getByRole("textbox", { name: "Text of the note" }).fill("Because\nof this");
  await page.keyboard.press("Control+Enter");
  await expect.poll(layoutNow).toMatchObject({ "$note:1": { text: "Because\nof this", x: 0, y: 200 } });
  await expect.poll(() => note.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press("Alt+ArrowDown");
  await expect.poll(layoutNow).toMatchObject({ "$note:1": { x: 0, y: 216 } });
  const from = await canvas.middleOf(note);
  await canvas.drag(from, { x: from.x + 80, y: from.y + 40 });
  await expect.poll(async () => Number((await layoutNow())["$note:1"]?.["x"])).toBeGreaterThan(40);

  await title.focus();
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "Title of the group" }).fill("Not kept");
  await page.keyboard.press("Escape");
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "Title of the group" }).fill("The two");
  await page.keyboard.press("Enter");
  await expect.poll(layoutNow).toMatchObject({ "$group:1": { title: "The two", stages: ["a", "b"] } });
  await title.focus();
  await page.keyboard.press("Delete");
  await title.waitFor({ state: "detached" });
  // Its stages stay.
  await expect.poll(async () => Object.keys(await layoutNow())).toEqual(["$note:1", "a", "b"]);
  await canvas.stage("a").waitFor();
});

test("CE-17 the menus add a note, make a group of the selection, and give colours in one edit", async () => {
  canvas = await harness.open({ text: pipelineText([{ id: "a" }, { id: "b", depends_on: ["a"] }]) });
  const { page } = canvas;
  const choose = (name: string): Promise<void> => page.getByRole("menuitem", { name, exact: true }).click();
  await canvas.stage("a").waitFor();
  expect(await page.locator(".notes").count()).toBe(0);

  await page.mouse.click(300, 600, { button: "right" });
  await choose("Add Note");
  await page.getByRole("textbox", { name: "Text of the new note" }).fill("Mind this");
  await page.keyboard.press("Control+Enter");
  const note = page.locator('[data-note="$note:1"]');
  await expect.poll(() => note.innerText()).toBe("Mind this");
  const at = await note.boundingBox();
  expect(Math.abs((at?.x ?? 0) - 300)).toBeLessThan(3);
  expect(Math.abs((at?.y ?? 0) - 600)).toBeLessThan(3);

  await canvas.stage("a").locator(".stage-icon").click();
  await page.keyboard.press("Control+a");
  await canvas.stage("a").locator(".stage-icon").click({ button: "right" });
  await choose("Group Selection");
  await page.getByRole("textbox", { name: "Title of the group" }).fill("Pair");
  await page.keyboard.press("Enter");
  await expect.poll(layoutNow).toMatchObject({ "$group:1": { title: "Pair", stages: ["a", "b"] } });

  await canvas.stage("a").locator(".stage-icon").click();
  await page.keyboard.press("Control+a");
  await canvas.stage("a").locator(".stage-icon").click({ button: "right" });
  await choose("Colour…");
  await choose("Blue");
  await expect.poll(() => canvas.stage("b").getAttribute("data-accent")).toBe("blue");
  expect(await canvas.stage("a").getAttribute("data-accent")).toBe("blue");
  await expect.poll(layoutNow).toMatchObject({ a: { color: "blue" }, b: { color: "blue" } });
  const edits = (await canvas.log()).filter((line) => line.includes('"set-layout"'));
  expect(edits.filter((line) => line.includes('"color":"blue"'))).toHaveLength(1);

  await note.click({ button: "right" });
  await choose("Colour…");
  await choose("Red");
  await expect.poll(() => note.getAttribute("data-color")).toBe("red");
  await note.click({ button: "right" });
  await choose("Delete Note Del");
  await note.waitFor({ state: "detached" });
});
