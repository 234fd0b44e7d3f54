import { describe, expect, test } from "vitest";
import { parsePipeline, stageById } from "#core/pipeline";
import { type CanvasPage } from "./harness/canvas-page.ts";
import type { HostOptions } from "./harness/fake-host.ts";
import { shareHarness } from "./harness/share-harness.ts";
import { pipelineText, threeStages } from "./pipelines.ts";

const harness = shareHarness();
let canvas: CanvasPage;

async function open(options: HostOptions): Promise<void> {
  canvas = await harness.open(options);
}

/** The field of the open picker. */
const field = () => canvas.page.getByRole("combobox", { name: /^Component of/ });

/** Types into the picker and takes the first component. */
async function choose(query: string): Promise<void> {
  await field().fill(query);
  await field().press("Enter");
}

const focused = (): Promise<string | null> =>
  canvas.page.evaluate(() => document.activeElement?.getAttribute("data-stage") ?? null);

/** What the stage waits for, in the text. */
async function dependsOn(id: string): Promise<readonly string[] | undefined> {
  const stage = stageById(parsePipeline(await canvas.text()), id);
  return stage?.dependsOn.map(({ value }) => value);
}

async function edits(): Promise<number> {
  return (await canvas.log()).filter((line) => line.startsWith("edit ")).length;
}

const ownComponent = {
  type: "acme_sentiment",
  title: "Sentiment",
  icon: "smiley",
  color: "green",
  description: "How a text sounds.",
  fields: { text: { type: "string" }, limit: { type: "integer", minimum: 2 } },
  required: ["text", "limit"],
} as const;

describe("with the keyboard alone", () => {
  test("CE-07 A adds a stage after the selected one, selects it and gives it the keyboard", async () => {
    await open({ text: threeStages });
    await canvas.stage("shape").focus();
    await canvas.page.keyboard.press("Space");
    await canvas.page.keyboard.press("a");
    await canvas.page.getByRole("combobox", { name: "Component of a stage after “Shape it”" }).waitFor();
    await choose("ask language model");
    await expect.poll(focused).toBe("generator");
    expect(await dependsOn("generator")).toEqual(["shape"]);
    expect(await canvas.log()).toContain("selection generator");
    expect(await canvas.isInPane("generator")).toBe(true);
    expect(await canvas.page.locator("[data-stage]").count()).toBe(4);
    expect(await canvas.text()).toContain('"prompt": ""');
    expect(parsePipeline(await canvas.text()).problems).toEqual([]);
    expect(await edits()).toBe(1);
  });

  test("CE-07 A between two connected stages inserts one; Escape adds none", async () => {
    await open({ text: threeStages });
    await canvas.stage("fetch").focus();
    await canvas.page.keyboard.press("Space");
    await canvas.page.keyboard.press("Shift+ArrowRight");
    await canvas.page.keyboard.press("Insert");
    await field().press("Escape");
    expect(await canvas.text()).toBe(threeStages);
    await canvas.page.keyboard.press("Insert");
    await choose("filter");
    await expect.poll(() => dependsOn("shape")).toEqual(["filter"]);
    expect(await dependsOn("filter")).toEqual(["fetch"]);
  });

  test.each(['{ "name": "new", "stages": [] }', ""])(
    "the button of an empty pipeline adds its first stage",
    async (text) => {
      await open({ text });
      await canvas.page.getByRole("button", { name: "Add Stage", exact: true }).press("Enter");
      await choose("logger");
      await canvas.stage("logger").waitFor();
      await expect.poll(focused).toBe("logger");
      expect(parsePipeline(await canvas.text()).broken).toBe(false);
    },
  );

  test("CE-06 the picker lists by category, the project's own first, and finds by what a component does", async () => {
    await open({ text: threeStages, components: [ownComponent] });
    await canvas.stage("tell").focus();
    await canvas.page.keyboard.press("a");
    const { page } = canvas;
    const groups = page.getByRole("listbox").getByRole("group");
    expect(await groups.evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")))).toEqual([
      "This project",
      "AI",
      "Data",
      "Integration",
      "Observability",
      "Control flow",
    ]);
    await field().fill("web address");
    await page.getByRole("option", { name: /HTTP request/ }).waitFor();
    await field().fill("no such thing");
    await page.getByText("No component matches.").waitFor();
    await choose("sounds");
    await expect.poll(() => canvas.text()).toContain('"acme_sentiment"');
    expect(await canvas.text()).toMatch(/"text": "",\s*"limit": 2/);
  });

  test("a pipeline that cannot be edited says why", async () => {
    await open({ text: threeStages, readOnly: "This file is read-only." });
    await canvas.stage("tell").focus();
    await canvas.page.keyboard.press("a");
    await canvas.page.getByRole("alert").getByText("This file is read-only.").waitFor();
  });
});

describe("with the mouse", () => {
  test("CE-06 a line let go on nothing adds a stage there and connects it, from either end", async () => {
    await open({ text: threeStages });
    const drop = async (id: string, side: "left" | "right", by: { x: number; y: number }) => {
      const from = await canvas.middleOf(canvas.stage(id).locator(`.react-flow__handle-${side}`));
      const to = { x: from.x + by.x, y: from.y + by.y };
      await canvas.drag(from, to);
      return to;
    };
    const at = await drop("fetch", "right", { x: 80, y: 150 });
    await choose("selector");
    await expect.poll(() => dependsOn("selector")).toEqual(["fetch"]);
    const centre = await canvas.centre("selector");
    expect(Math.abs(centre.y - at.y)).toBeLessThan(4);
    await canvas.close();
    await open({ text: threeStages });
    await drop("tell", "left", { x: -60, y: 200 });
    await canvas.page.getByRole("combobox", { name: /a stage before/ }).waitFor();
    await choose("http");
    await expect.poll(() => dependsOn("tell")).toEqual(["http_request"]);
  });

  test("CE-06 a wire's button inserts a stage on it", async () => {
    await open({ text: threeStages });
    await canvas.clickWire("fetch", "shape");
    await canvas.page.locator(".react-flow__edge.selected button").click();
    await choose("filter");
    await expect.poll(() => dependsOn("shape")).toEqual(["filter"]);
  });

  test("CE-06 a container's menu adds a stage to each of its arms, also to one that is empty", async () => {
    const text = pipelineText([
      { id: "guard", component_type: "trycatch", config: { try_stages: ["work"] } },
      { id: "work" },
    ]);
    await open({ text });
    await canvas.stage("guard").locator(".stage-icon").first().click({ button: "right" });
    await canvas.page.getByRole("menuitem", { name: "Add Stage in “catch”" }).click();
    await choose("http");
    await expect.poll(() => canvas.text()).toMatch(/"catch_stages": \[\s*"http_request"\s*\]/);
    await canvas.stage("http_request").waitFor();
  });

  test("CE-06 the canvas's menu adds a stage where it was opened", async () => {
    await open({ text: threeStages });
    const { x, y } = await canvas.centre("fetch");
    await canvas.page.mouse.click(x, y + 160, { button: "right" });
    await canvas.page.getByRole("menuitem", { name: "Add Stage Here…" }).click();
    await choose("critic");
    const box = await canvas.stage("critic").boundingBox();
    expect(Math.abs((box?.x ?? 0) - x)).toBeLessThan(4);
    expect(Math.abs((box?.y ?? 0) - y - 160)).toBeLessThan(4);
  });
});

test("CE-06 the menu of an arm adds a stage to it", async () => {
  const text = pipelineText([
    { id: "guard", component_type: "trycatch", config: { try_stages: ["work"], catch_stages: ["mend"] } },
    { id: "work" },
    { id: "mend" },
  ]);
  await open({ text });
  const box = await canvas.page.locator('.react-flow__node-arm[data-id="guard@catch"]').boundingBox();
  await canvas.page.mouse.click((box?.x ?? 0) + 40, (box?.y ?? 0) + 12, { button: "right" });
  await canvas.page.getByRole("menuitem", { name: "Add Stage in “catch”" }).click();
  await choose("http");
  await expect.poll(() => canvas.text()).toMatch(/"catch_stages": \[\s*"mend",\s*"http_request"\s*\]/);
});
