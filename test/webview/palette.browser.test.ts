import { describe, expect, test } from "vitest";
import { parsePipeline, stageById } from "#core/pipeline";
import type { CanvasPage } from "./harness/canvas-page.ts";
import type { HostOptions } from "./harness/fake-host.ts";
import type { Place } from "./harness/places.ts";
import { shareHarness } from "./harness/share-harness.ts";
import { pipelineText, threeStages } from "./pipelines.ts";

const harness = shareHarness();
let canvas: CanvasPage;

async function open(options: HostOptions, view: Parameters<typeof harness.open>[1] = {}): Promise<void> {
  canvas = await harness.open(options, { width: 1500, ...view });
  await canvas.page.locator(".toolbar").waitFor();
}

const palette = () => canvas.page.getByRole("complementary", { name: "Components" });
const item = (name: string | RegExp) => palette().getByRole("treeitem", { name }).first();
const field = () => palette().getByRole("textbox", { name: "Search components" });
const said = (text: string | RegExp) => canvas.page.getByRole("status").getByText(text).waitFor();

async function openPalette(): Promise<void> {
  await canvas.page.getByRole("button", { name: "Components (P)" }).click();
  await palette().waitFor();
}

/** Takes hold of a component and moves it there, without letting go. */
async function carry(type: string, to: Place): Promise<void> {
  const row = palette().locator(`[data-component="${type}"]`).first();
  await row.scrollIntoViewIfNeeded();
  const from = await canvas.middleOf(row);
  const { mouse } = canvas.page;
  await mouse.move(from.x, from.y);
  await mouse.down();
  await mouse.move(from.x + 8, from.y + 8);
  await mouse.move(to.x, to.y, { steps: 4 });
}

async function drop(type: string, to: Place): Promise<void> {
  await carry(type, to);
  await canvas.page.mouse.up();
}

async function wireMiddle(from: string, to: string): Promise<Place> {
  const line = canvas.page.locator(`.wire[data-id$=" ${from} ${to}"] .wire-path`);
  return await line.evaluate((element) => {
    if (!(element instanceof SVGPathElement)) throw new Error("A wire is a path.");
    const middle = element.getPointAtLength(element.getTotalLength() / 2);
    const { x, y } = middle.matrixTransform(element.getScreenCTM() ?? undefined);
    return { x, y };
  });
}

async function dependsOn(id: string): Promise<readonly string[] | undefined> {
  return stageById(parsePipeline(await canvas.text()), id)?.dependsOn.map(({ value }) => value);
}

const edits = async (): Promise<number> =>
  (await canvas.log()).filter((line) => line.startsWith("edit ")).length;
const searchHasFocus = () =>
  expect.poll(() => field().evaluate((each) => each === document.activeElement)).toBe(true);
const focusedRow = () => canvas.page.evaluate(() => document.activeElement?.getAttribute("data-row") ?? null);
const focusedStage = () =>
  canvas.page.evaluate(() => document.activeElement?.getAttribute("data-stage") ?? null);

const ownComponent = {
  type: "acme_sentiment",
  title: "Sentiment",
  icon: "smiley",
  color: "green",
  description: "How a text sounds.",
  fields: { text: { type: "string" } },
  required: ["text"],
} as const;

const guarded = pipelineText([
  {
    id: "guard",
    component_type: "trycatch",
    config: { try_stages: ["work"], catch_stages: ["mend"] },
  },
  { id: "work" },
  { id: "mend" },
  { id: "each", component_type: "foreach", config: { items: [1] }, depends_on: ["guard"] },
]);

describe("with the mouse", () => {
  test("CE-06 a component dragged to empty space becomes a stage there, in one edit, and has the keyboard", async () => {
    await open({ text: threeStages });
    await openPalette();
    const shape = await canvas.centre("shape");
    const to = { x: shape.x, y: shape.y + 190 };
    await carry("filter", to);
    await canvas.page.locator(".drag-words").getByText("Add it here").waitFor();
    await canvas.page.mouse.up();
    await expect.poll(focusedStage).toBe("filter");
    const centre = await canvas.centre("filter");
    expect(Math.abs(centre.x - to.x)).toBeLessThan(4);
    expect(Math.abs(centre.y - to.y)).toBeLessThan(4);
    expect(await dependsOn("filter")).toEqual([]);
    expect(await edits()).toBe(1);
    expect(await canvas.page.locator(".drag-ghost").count()).toBe(0);
    await said("Added Filter, id filter: a stage.");
  });

  test("CE-06 one dragged to a connection is marked there and inserted on it", async () => {
    await open({ text: threeStages });
    await openPalette();
    await carry("filter", await wireMiddle("fetch", "shape"));
    // A level line has no height, so that it counts as hidden.
    await canvas.page
      .locator('.wire[data-id$=" fetch shape"][data-drop="here"]')
      .waitFor({ state: "attached" });
    await canvas.page.locator(".drag-words").getByText("between “fetch” and “Shape it”").waitFor();
    await canvas.page.mouse.up();
    await expect.poll(() => dependsOn("filter")).toEqual(["fetch"]);
    expect(await dependsOn("shape")).toEqual(["filter"]);
    expect(await edits()).toBe(1);
    expect(await canvas.page.locator("[data-drop]").count()).toBe(0);
  });

  test("CE-06 one dragged to an arm, to a loop or to a stage comes into it or after it", async () => {
    await open({ text: guarded });
    await openPalette();
    const arm = canvas.page.locator('.react-flow__node-arm[data-id="guard@catch"]');
    const box = await arm.boundingBox();
    const inCatch = { x: (box?.x ?? 0) + 100, y: (box?.y ?? 0) + 14 };
    await carry("filter", inCatch);
    await canvas.page.locator('[data-drop="here"][data-id="guard@catch"]').waitFor();
    await canvas.page.locator(".drag-words").getByText("a stage in “catch” of “guard”").waitFor();
    await canvas.page.mouse.up();
    await expect.poll(() => canvas.text()).toMatch(/"catch_stages": \[\s*"mend",\s*"filter"\s*\]/);
    await drop("logger", await canvas.centre("each"));
    await expect.poll(() => canvas.text()).toMatch(/"loop_stages": \[\s*"logger"\s*\]/);
    await canvas.page.keyboard.press("f");
    await drop("http_request", await canvas.centre("work"));
    await expect.poll(() => dependsOn("http_request")).toEqual(["work"]);
    expect(await edits()).toBe(3);
  });

  test("CE-06 Escape, and letting go beside the graph, add nothing", async () => {
    await open({ text: threeStages });
    await openPalette();
    await carry("filter", await wireMiddle("fetch", "shape"));
    await canvas.page.locator("[data-drop]").waitFor({ state: "attached" });
    await canvas.page.keyboard.press("Escape");
    expect(await canvas.page.locator(".drag-ghost, [data-drop]").count()).toBe(0);
    await canvas.page.mouse.up();
    await drop("filter", await canvas.middleOf(canvas.page.locator(".inspector")));
    expect(await canvas.text()).toBe(threeStages);
    expect(await edits()).toBe(0);
    await palette().waitFor();
  });

  test("CE-06 where nothing can be added the pointer says why, and nothing is", async () => {
    const text = pipelineText([{ id: "twin" }, { id: "twin", config: { message: "other" } }]);
    await open({ text });
    await openPalette();
    const second = canvas.page.locator('.stage[data-key="twin@1"]');
    await carry("filter", await canvas.middleOf(second));
    await canvas.page.locator('[data-drop="refused"]').waitFor();
    await canvas.page.locator(".drag-words[data-refused=true]").getByText("Two stages have the id").waitFor();
    await canvas.page.mouse.up();
    await canvas.page.getByRole("alert").getByText("Two stages have the id").waitFor();
    expect(await canvas.text()).toBe(text);
  });

  test("CE-06 a double click adds after the selected stage, and is among those used last", async () => {
    await open({ text: threeStages, components: [ownComponent] });
    await canvas.stage("shape").locator(".stage-icon").click();
    await openPalette();
    await item("Sentiment").dblclick();
    await expect.poll(() => dependsOn("acme_sentiment")).toEqual(["shape"]);
    const recent = palette().locator('[data-row="Recently used/acme_sentiment"]');
    await recent.waitFor();
    expect(await recent.locator(".codicon-smiley").count()).toBe(1);
    expect(await edits()).toBe(1);
  });
});

describe("with the keyboard alone", () => {
  test("CE-07 P goes to the palette, letters to a name, Enter adds after the selected stage and says so, Escape goes back", async () => {
    await open({ text: threeStages });
    await canvas.stage("shape").focus();
    await canvas.page.keyboard.press("Space");
    await canvas.page.keyboard.press("p");
    await searchHasFocus();
    await canvas.page.keyboard.press("ArrowDown");
    await expect.poll(focusedRow).toBe("AI");
    await canvas.page.keyboard.type("fil");
    await expect.poll(focusedRow).toMatch(/\/filter$/);
    await canvas.page.keyboard.press("Enter");
    await said("Added Filter, id filter: a stage after “Shape it”.");
    expect(await dependsOn("filter")).toEqual(["shape"]);
    // The next one comes after that.
    await canvas.page.keyboard.press("Enter");
    await expect.poll(() => dependsOn("filter_2")).toEqual(["filter"]);
    await canvas.page.keyboard.press("Escape");
    await expect.poll(focusedStage).toBe("filter_2");
  });

  test("CE-07 P has the palette take the keys that come right after it, before anything is painted", async () => {
    await open({ text: threeStages });
    await canvas.stage("fetch").focus();
    const { before, after } = await canvas.page.evaluate(async () => {
      let painted = "not painted";
      requestAnimationFrame(() => {
        painted = document.activeElement?.className ?? "";
      });
      const key = new KeyboardEvent("keydown", { key: "p", bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(key);
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      return { before: painted, after: document.activeElement?.className };
    });
    expect({ before, after }).toEqual({ before: "not painted", after: "palette-field" });
  });

  test("CE-07 categories fold and open, Home and End go to the ends, and the tree is one tab stop", async () => {
    await open({ text: threeStages });
    await canvas.stage("fetch").focus();
    await canvas.page.keyboard.press("p");
    await searchHasFocus();
    await canvas.page.keyboard.press("Tab");
    await expect.poll(focusedRow).toBe("AI");
    const count = await palette().getByRole("treeitem").count();
    await canvas.page.keyboard.press("ArrowLeft");
    await expect.poll(() => item("AI").getAttribute("aria-expanded")).toBe("false");
    expect(await palette().getByRole("treeitem").count()).toBeLessThan(count);
    await canvas.page.keyboard.press("ArrowRight");
    await canvas.page.keyboard.press("ArrowRight");
    await expect.poll(focusedRow).toMatch(/^AI\//);
    await canvas.page.keyboard.press("ArrowLeft");
    await expect.poll(focusedRow).toBe("AI");
    await canvas.page.keyboard.press("End");
    await expect.poll(focusedRow).toMatch(/^Control flow\//);
    await canvas.page.keyboard.press("Home");
    await expect.poll(focusedRow).toBe("AI");
    await canvas.page.keyboard.press("Tab");
    await expect.poll(focusedRow).toBeNull();
    expect(await edits()).toBe(0);
  });

  test("CE-07 what is searched for is counted aloud, and Enter adds the first", async () => {
    await open({ text: threeStages });
    await canvas.stage("tell").focus();
    await canvas.page.keyboard.press("Space");
    await canvas.page.keyboard.press("p");
    await field().fill("no such thing");
    await said("No component matches.");
    await field().fill("web address");
    await said("1 component");
    await canvas.page.keyboard.press("Enter");
    await expect.poll(() => dependsOn("http_request")).toEqual(["tell"]);
    await canvas.page.keyboard.press("Escape");
    await expect.poll(() => field().inputValue()).toBe("");
    await canvas.page.keyboard.press("Escape");
    await expect.poll(focusedStage).toBe("http_request");
  });

  test("CE-07 a pipeline that cannot be edited says so in the palette too", async () => {
    await open({ text: threeStages, readOnly: "This file is read-only." });
    await canvas.stage("tell").focus();
    await canvas.page.keyboard.press("p");
    await palette().getByText("This file is read-only.").waitFor();
    await canvas.page.keyboard.press("Tab");
    await canvas.page.keyboard.press("ArrowDown");
    expect(await palette().getByRole("treeitem").nth(1).getAttribute("aria-disabled")).toBe("true");
    await canvas.page.keyboard.press("Enter");
    await canvas.page.getByRole("alert").getByText("This file is read-only.").waitFor();
  });
});

test("CE-06 the palette is as it was after the page has gone and come back", async () => {
  await open({ text: threeStages });
  await openPalette();
  await item("Filter").dblclick();
  await item(/^AI/).click();
  await palette().getByRole("button", { name: "Move to the Right of the Graph" }).click();
  await palette().getByText("Recently used").waitFor();
  await canvas.page.reload();
  await palette().waitFor();
  expect(await palette().getAttribute("data-side")).toBe("right");
  expect(await item(/^AI/).getAttribute("aria-expanded")).toBe("false");
  await palette().locator('[data-row="Recently used/filter"]').waitFor();
});

test("CE-06 in a narrow editor the palette is icons beside the inspector, with their names to be heard", async () => {
  await open({ text: threeStages }, { width: 800 });
  await openPalette();
  expect(await palette().getAttribute("data-shape")).toBe("icons");
  expect((await palette().boundingBox())?.width).toBeLessThan(60);
  await item(/^Filter/).focus();
  await canvas.page.keyboard.press("Enter");
  await said(/Added Filter/);
  await palette()
    .getByRole("button", { name: /^Show Names/ })
    .click();
  await expect.poll(() => palette().getAttribute("data-shape")).toBe("whole");
  expect(await canvas.page.locator(".inspector").count()).toBe(0);
});
