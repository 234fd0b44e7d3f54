import { describe, expect, test } from "vitest";
import { parsePipeline, stageById } from "#core/pipeline";
import { type CanvasPage } from "./harness/canvas-page.ts";
import type { HostOptions } from "./harness/fake-host.ts";
import { shareHarness } from "./harness/share-harness.ts";
import { nestedStages, pipelineText, threeStages } from "./pipelines.ts";

const harness = shareHarness();
let canvas: CanvasPage;

async function open(options: HostOptions): Promise<void> {
  canvas = await harness.open(options);
  await canvas.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
}

const ids = async (): Promise<readonly string[]> =>
  parsePipeline(await canvas.text()).pipeline.stages.map(({ id }) => id);
const stageOf = async (id: string) => stageById(parsePipeline(await canvas.text()), id);
const focused = (): Promise<string | null> =>
  canvas.page.evaluate(() => document.activeElement?.getAttribute("data-stage") ?? null);
const clipboard = (): Promise<string> => canvas.page.evaluate(() => navigator.clipboard.readText());
const setClipboard = (text: string): Promise<void> =>
  canvas.page.evaluate((wanted) => navigator.clipboard.writeText(wanted), text);

const armOf = async (owner: string): Promise<readonly string[]> =>
  (await stageOf(owner))?.arms.flatMap(({ stages }) => stages.map(({ value }) => value)) ?? [];
const boxOf = async (id: string): Promise<Box> => {
  const box = await canvas.stage(id).boundingBox();
  if (box === null) throw new Error(`${id} is not drawn.`);
  return box;
};

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function isWithin(inner: Box, outer: Box): boolean {
  return (
    inner.x > outer.x &&
    inner.y > outer.y &&
    inner.x + inner.width < outer.x + outer.width &&
    inner.y + inner.height < outer.y + outer.height
  );
}

const loopAndMore = pipelineText([
  { id: "start" },
  { id: "loop", component_type: "foreach", config: { items: [1], loop_stages: ["say"] } },
  { id: "say" },
  { id: "after", depends_on: ["loop"] },
]);

/** Selects both by the keyboard, from left to right. */
async function selectPair(first: string): Promise<void> {
  await canvas.stage(first).focus();
  await canvas.page.keyboard.press("Space");
  await canvas.page.keyboard.press("Shift+ArrowRight");
}

describe("copying and pasting", () => {
  test("stages go to another file with what they say of each other, under ids that are free there", async () => {
    await open({ text: threeStages });
    await selectPair("shape");
    await canvas.page.keyboard.press("Control+c");
    const copied = await clipboard();
    expect(parsePipeline(copied).pipeline.stages.map(({ id }) => id)).toEqual(["shape", "tell"]);
    await canvas.close();

    await open({ text: pipelineText([{ id: "shape" }]) });
    await setClipboard(copied);
    await canvas.stage("shape").focus();
    await canvas.page.keyboard.press("Control+v");
    await expect.poll(ids).toEqual(["shape", "shape_2", "tell"]);
    expect(await canvas.text()).toContain("{{ upstream.shape_2.result }}");
    await expect.poll(focused).toBe("shape_2");
    expect(await canvas.log()).toContain("selection shape_2 tell");
    expect((await canvas.log()).filter((line) => line.startsWith("edit "))).toHaveLength(1);
  });

  test("what is cut is gone and comes back where the pointer is", async () => {
    await open({ text: threeStages });
    await canvas.stage("tell").focus();
    await canvas.page.keyboard.press("Control+x");
    await expect.poll(ids).toEqual(["fetch", "shape"]);
    const { x, y } = await canvas.centre("fetch");
    await canvas.page.mouse.move(x, y + 160);
    await canvas.page.keyboard.press("Control+v");
    await expect.poll(ids).toEqual(["fetch", "shape", "tell"]);
    await canvas.stage("tell").waitFor();
    const box = await canvas.stage("tell").boundingBox();
    expect(Math.abs((box?.x ?? 0) - x)).toBeLessThan(4);
    expect(Math.abs((box?.y ?? 0) - y - 160)).toBeLessThan(4);
  });

  test("CE-08 with a container selected, a paste goes into its body, with a note of what had to change", async () => {
    await open({ text: loopAndMore });
    const { page } = canvas;
    await setClipboard(
      JSON.stringify({ stages: [{ id: "say", type: "logger", depends_on: ["after", "start", "gone"] }] }),
    );
    await canvas.stage("loop").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Control+v");
    await expect.poll(() => armOf("loop")).toEqual(["say", "say_2"]);
    const notice = page.getByRole("alert");
    await notice.getByText("1 stage got a new id: say → say_2.").waitFor();
    await notice.getByText('"say_2" waited for "after", which comes after').waitFor();
    await notice.getByText('"say_2" waited for "gone", which is not here').waitFor();
    expect((await stageOf("say_2"))?.dependsOn.map(({ value }) => value)).toEqual(["start"]);
    await expect.poll(focused).toBe("say_2");
    // It is drawn in the body, although no pointer is there.
    expect(isWithin(await boxOf("say_2"), await boxOf("loop"))).toBe(true);
    // What has come is selected: the next one goes there too.
    await page.keyboard.press("Control+v");
    await expect.poll(() => armOf("loop")).toEqual(["say", "say_2", "say_3"]);
    expect((await canvas.log()).filter((line) => line.startsWith("edit "))).toHaveLength(2);
  });

  test("CE-08 a container that was copied is pasted beside itself, a duplicate stays in its body", async () => {
    await open({ text: loopAndMore });
    const { page } = canvas;
    await canvas.stage("loop").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Control+c");
    await page.keyboard.press("Control+v");
    await expect.poll(ids).toEqual(["start", "loop", "say", "after", "loop_2", "say_2"]);
    expect(await armOf("loop")).toEqual(["say"]);
    expect(await armOf("loop_2")).toEqual(["say_2"]);
    await canvas.stage("say").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Control+d");
    await expect.poll(() => armOf("loop")).toEqual(["say", "say_3"]);
  });

  test("CE-08 in the map dialect a paste is written inside the body of the selected stage, or of the menu's", async () => {
    await open({ text: nestedStages });
    const { page } = canvas;
    await setClipboard(JSON.stringify({ stages: [{ id: "more", type: "logger", depends_on: ["save"] }] }));
    await canvas.stage("each/guard/save").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Control+v");
    await expect.poll(ids).toContain("each/guard/more");
    expect((await stageOf("each/guard/more"))?.dependsOn.map(({ value }) => value)).toEqual([
      "each/guard/save",
    ]);
    await canvas.stage("each/guard/note").click({ button: "right" });
    await page.keyboard.press("Escape");
    await canvas.stage("each/guard").locator(".stage-icon").first().click({ button: "right" });
    await page.getByRole("menuitem", { name: "Paste into “catch”" }).click();
    await expect.poll(ids).toContain("each/guard/more_2");
    expect((await stageOf("each/guard"))?.arms.find(({ arm }) => arm === "catch")?.stages).toHaveLength(2);
  });

  test("a text that holds no stages is refused with a notice", async () => {
    await open({ text: threeStages });
    for (const text of ["Dear diary", "{}", '{ "stages": [] }']) {
      await setClipboard(text);
      await canvas.stage("fetch").focus();
      await canvas.page.keyboard.press("Control+v");
      await canvas.page.getByRole("alert").getByText("no stages").waitFor();
      await canvas.page.keyboard.press("Escape");
    }
    expect(await canvas.text()).toBe(threeStages);
  });

  test("the menus copy, paste and duplicate; what is typed in a field is not of the graph", async () => {
    await open({ text: threeStages });
    const { page } = canvas;
    await canvas.stage("fetch").click({ button: "right" });
    await page.getByRole("menuitem", { name: /^Copy/ }).click();
    await expect.poll(clipboard).toContain('"fetch"');
    const { x, y } = await canvas.centre("fetch");
    await page.mouse.click(x, y + 200, { button: "right" });
    await page.getByRole("menuitem", { name: /^Paste/ }).click();
    await expect.poll(ids).toEqual(["fetch", "shape", "tell", "fetch_2"]);
    await canvas.stage("fetch").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Control+d");
    await expect.poll(ids).toContain("fetch_3");
    const before = await canvas.text();
    await page.keyboard.press("/");
    await page.keyboard.press("Control+v");
    await expect.poll(() => page.getByRole("combobox", { name: "Search stage" }).inputValue()).not.toBe("");
    expect(await canvas.text()).toBe(before);
  });
});

describe("changing stages", () => {
  test("E disables the selected stages and enables them again, to the byte", async () => {
    await open({ text: threeStages });
    await selectPair("fetch");
    await canvas.page.keyboard.press("e");
    await expect.poll(async () => (await stageOf("shape"))?.enabled).toBe(false);
    expect((await stageOf("fetch"))?.enabled).toBe(false);
    await canvas.page.getByRole("group", { name: /^Shape it.*disabled/ }).waitFor();
    expect(await canvas.stage("shape").getAttribute("data-enabled")).toBe("false");
    await canvas.stage("fetch").click({ button: "right" });
    await canvas.page.getByRole("menuitem", { name: /^Enable/ }).click();
    await expect.poll(() => canvas.text()).toBe(threeStages);
  });

  test("Shift+F2 changes an id, with all that names it; an id that is taken is refused", async () => {
    await open({ text: threeStages });
    await canvas.stage("shape").focus();
    await canvas.page.keyboard.press("Shift+F2");
    const field = canvas.page.getByRole("textbox", { name: "Id of shape" });
    await field.fill("bend");
    await field.press("Enter");
    await expect.poll(() => canvas.text()).toContain("{{ upstream.bend.result }}");
    await canvas.stage("bend").focus();
    await canvas.page.keyboard.press("Shift+F2");
    await canvas.page.getByRole("textbox", { name: "Id of bend" }).fill("fetch");
    await canvas.page.keyboard.press("Enter");
    await canvas.page.getByRole("alert").getByText('There is a stage "fetch" already').waitFor();
  });

  test("the end of a selected connection is dragged to another stage", async () => {
    const text = pipelineText([{ id: "a" }, { id: "b", depends_on: ["a"] }, { id: "c", depends_on: ["b"] }]);
    await open({ text });
    await canvas.clickWire("b", "c");
    const grip = canvas.page.locator(".react-flow__edge.selected .react-flow__edgeupdater-source");
    const from = await canvas.middleOf(grip);
    const to = await canvas.middleOf(canvas.stage("a").locator(".react-flow__handle-right"));
    await canvas.drag(from, to);
    await expect.poll(async () => (await stageOf("c"))?.dependsOn.map(({ value }) => value)).toEqual(["a"]);
    expect(await canvas.page.getByRole("combobox", { name: /^Component of/ }).count()).toBe(0);
  });
});
