import { expect, test } from "vitest";
import { type CanvasPage } from "./harness/canvas-page.ts";
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

  const place = await note.boundingBox();
  await note.dblclick();
  const field = page.getByRole("textbox", { name: "Text of the note" });
  // It lies on the note, edge on edge.
  const { x, y, width } = (await field.boundingBox()) ?? {};
  expect({ x, y, width }).toEqual({ x: place?.x, y: place?.y, width: place?.width });
  await field.fill("Because\nof this");
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
  await choose("Add Note N");
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

test("CE-17 a group is dragged by its title, and moved by keys, with its stages in one edit each", async () => {
  canvas = await harness.open({ text });
  const { page } = canvas;
  const title = page.locator('[data-note="$group:1"]');
  const places = async (): Promise<readonly unknown[]> => {
    const { a, b } = await layoutNow();
    return [a?.["x"], a?.["y"], b?.["x"], b?.["y"]];
  };
  await title.focus();
  await page.keyboard.press("Alt+ArrowRight");
  await page.keyboard.press("Alt+Shift+ArrowDown");
  await expect.poll(places).toEqual([16, 1, 316, 1]);
  expect(await title.evaluate((element) => element === document.activeElement)).toBe(true);

  const from = await canvas.middleOf(title);
  const stage = await canvas.middleOf(canvas.stage("b"));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 20, from.y + 10);
  await page.mouse.move(from.x + 60, from.y + 40);
  // The stages are seen to go with it before it is let go.
  await expect.poll(async () => Math.round((await canvas.middleOf(canvas.stage("b"))).x - stage.x)).toBe(60);
  expect(await places()).toEqual([16, 1, 316, 1]);
  await page.mouse.up();
  await expect.poll(async () => Number((await places())[1])).toBeGreaterThan(10);
  const [ax, ay, bx, by] = (await places()).map(Number);
  expect([(bx ?? 0) - (ax ?? 0), (by ?? 0) - (ay ?? 0)]).toEqual([300, 0]);
  expect((await canvas.log()).filter((line) => line.startsWith("edit "))).toHaveLength(3);
  expect((await layoutNow())["$group:1"]).toEqual(layout["$group:1"]);
});

test("CE-17 a note is added by its key, and resized with the keyboard and with the pointer", async () => {
  canvas = await harness.open({ text: pipelineText([{ id: "a" }]) });
  const { page } = canvas;
  const before = await canvas.text();
  await canvas.stage("a").locator(".stage-icon").click();
  await canvas.stage("a").focus();
  await page.keyboard.press("n");
  await page.getByRole("textbox", { name: "Text of the new note" }).fill("Under it");
  await page.keyboard.press("Control+Enter");
  const note = page.locator('[data-note="$note:1"]');
  await expect.poll(() => note.innerText()).toBe("Under it");
  const [stage, box] = [await canvas.stage("a").boundingBox(), await note.boundingBox()];
  expect(box?.y ?? 0).toBeGreaterThan((stage?.y ?? 0) + (stage?.height ?? 0));

  await note.focus();
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowDown");
  await expect.poll(layoutNow).toMatchObject({ "$note:1": { width: 216, text: "Under it" } });
  const height = Number((await layoutNow())["$note:1"]?.["height"]);
  const corner = await canvas.middleOf(note.locator(".note-corner"));
  await canvas.drag(corner, { x: corner.x + 40, y: corner.y + 30 });
  await expect.poll(async () => Number((await layoutNow())["$note:1"]?.["height"])).toBeGreaterThan(height);
  await expect.poll(async () => Number((await layoutNow())["$note:1"]?.["width"])).toBeGreaterThan(216);
  // Never smaller than what can be taken hold of.
  await canvas.drag(await canvas.middleOf(note.locator(".note-corner")), { x: 0, y: 0 });
  await expect.poll(async () => (await layoutNow())["$note:1"]).toMatchObject({ width: 80, height: 44 });
  await note.focus();
  await page.keyboard.press("Delete");
  await expect.poll(() => canvas.text()).toBe(before);
});
