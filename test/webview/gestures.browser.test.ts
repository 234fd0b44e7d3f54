import { describe, expect, test } from "vitest";
import { type CanvasPage } from "./harness/canvas-page.ts";
import type { HostOptions } from "./harness/fake-host.ts";
import { shareHarness } from "./harness/share-harness.ts";
import { pipelineText, threeStages } from "./pipelines.ts";

const harness = shareHarness();
let canvas: CanvasPage;

async function open(options: HostOptions, first = "fetch"): Promise<void> {
  canvas = await harness.open(options);
  await canvas.stage(first).waitFor();
}

/** The lines of the text that are not in the text it was. */
async function changedLines(before: string): Promise<readonly string[]> {
  const old = new Set(before.split("\n"));
  const now = await canvas.text();
  return now
    .split("\n")
    .filter((line) => !old.has(line))
    .map((line) => line.trim());
}

async function editCount(count: number): Promise<void> {
  await expect
    .poll(async () => (await canvas.log()).filter((line) => line.startsWith("edit ")).length)
    .toBe(count);
}

describe("with the mouse", () => {
  test("CE-02 dragging a stage writes its position and nothing else, in one edit", async () => {
    await open({ text: threeStages });
    const before = await canvas.centre("shape");
    await canvas.drag(before, { x: before.x + 60, y: before.y + 130 });
    await editCount(1);
    const lines = await changedLines(threeStages);
    expect(lines.some((line) => /"shape": ?\{ ?"x": ?-?\d+, ?"y": ?-?\d+ ?\}/.test(line))).toBe(true);
    const after = await canvas.centre("shape");
    expect(Math.abs(after.x - before.x - 60)).toBeLessThan(6);
    expect(Math.abs(after.y - before.y - 130)).toBeLessThan(6);
  });

  test("CE-02 dragging one of several selected stages moves them all in one edit", async () => {
    await open({ text: threeStages });
    await canvas.stage("fetch").locator(".stage-icon").click();
    await canvas
      .stage("tell")
      .locator(".stage-icon")
      .click({ modifiers: ["Control"] });
    const fetch = await canvas.centre("fetch");
    const tell = await canvas.centre("tell");
    await canvas.drag({ x: tell.x - 60, y: tell.y + 20 }, { x: tell.x - 60, y: tell.y + 140 });
    await editCount(1);
    expect((await canvas.centre("fetch")).y - fetch.y).toBeGreaterThan(100);
    expect(await changedLines(threeStages)).toHaveLength(5);
  });

  test("CE-02 a double click on the name renames; Escape leaves all as it was", async () => {
    await open({ text: threeStages });
    await canvas.stage("shape").locator(".stage-name").dblclick();
    const field = canvas.page.getByRole("textbox", { name: "Display name of shape" });
    await field.fill("Never mind");
    await field.press("Escape");
    await canvas.stage("shape").locator(".stage-name").dblclick();
    await field.fill("Bend it");
    await field.press("Enter");
    await editCount(1);
    expect(await changedLines(threeStages)).toEqual(['"name": "Bend it",']);
    await expect.poll(() => canvas.stage("shape").locator(".stage-name").textContent()).toBe("Bend it");
  });

  test("drawing a line from stage to stage connects them", async () => {
    await open({ text: threeStages });
    await canvas.connect("fetch", "tell");
    await editCount(1);
    expect(await canvas.log()).toContain('edit {"kind":"connect","from":"fetch","to":"tell"}');
    expect(await canvas.text()).toMatch(/"depends_on": ?\[\s*"fetch"\s*\]\s*\}\s*\]/);
  });

  test("CE-12 a line that would close a circle is refused with the reason, and nothing is written", async () => {
    await open({ text: threeStages });
    await canvas.connect("shape", "fetch", async () => {
      await canvas.page.getByText("this would close a circle").waitFor();
    });
    await canvas.page.getByRole("alert").getByText("this would close a circle").waitFor();
    expect(await canvas.text()).toBe(threeStages);
  });

  test("a selected wire goes with Delete; one from an expression says where it comes from", async () => {
    await open({ text: threeStages });
    await canvas.clickWire("fetch", "shape");
    await canvas.page.keyboard.press("Delete");
    await editCount(1);
    expect(await canvas.text()).toContain('"depends_on": []');
    await canvas.clickWire("shape", "tell");
    await canvas.page.keyboard.press("Delete");
    await canvas.page.getByRole("alert").getByText("in an expression").waitFor();
    await editCount(1);
  });

  test("CE-02 a branch that is disconnected in a loop leaves its stage in there, and says that it always runs", async () => {
    const text = pipelineText([
      { id: "loop", component_type: "foreach", config: { items: [1], loop_stages: ["check"] } },
      {
        id: "check",
        component_type: "conditional",
        config: { condition: true, true_branch_stages: ["say"] },
      },
      { id: "say" },
    ]);
    await open({ text }, "loop");
    await canvas.clickWire("check", "say");
    await canvas.page.keyboard.press("Delete");
    await editCount(1);
    expect((await canvas.text()).replaceAll(/\s/g, "")).toContain('"loop_stages":["check","say"]');
    await canvas.page
      .getByRole("alert")
      .getByText('"say" ran only where "check" chose: it always runs inside "loop" now.')
      .waitFor();
  });

  test("CE-14 a double click beside the name shows the stage in the text", async () => {
    await open({ text: threeStages });
    await canvas.stage("tell").locator(".stage-icon").dblclick();
    await expect.poll(() => canvas.log()).toContain("reveal tell");
    expect(await canvas.text()).toBe(threeStages);
  });

  test("the context menu deletes, and greys out what is not possible, with the reason", async () => {
    await open({ text: threeStages });
    await canvas.stage("tell").click({ button: "right" });
    await canvas.page.getByRole("menuitem", { name: /^Delete/ }).click();
    await editCount(1);
    expect(await canvas.text()).not.toContain('"tell"');
    await canvas.clickWire("fetch", "shape", "right");
    await canvas.page.getByRole("menuitem", { name: "Delete Connection" }).waitFor();
  });

  test("a refused edit is taken back and told", async () => {
    await open({ text: threeStages, refuseEdits: "The file is locked by another program." });
    const before = await canvas.centre("tell");
    await canvas.drag(before, { x: before.x, y: before.y + 120 });
    await canvas.page.getByRole("alert").getByText("locked by another program").waitFor();
    expect(await canvas.centre("tell")).toEqual(before);
  });

  test("the toolbar asks for a run, a debug run and the text; a blocked run says why", async () => {
    await open({ text: threeStages });
    await canvas.page.getByRole("button", { name: "Run Pipeline" }).click();
    await canvas.page.getByRole("button", { name: "Debug Pipeline (F5)" }).click();
    await canvas.page.getByRole("button", { name: "Open as Text" }).click();
    await expect.poll(() => canvas.log()).toEqual(["run", "debug", "open as text"]);
    await canvas.close();
    await open({ text: threeStages, runBlocked: "This workspace is not trusted." });
    await canvas.page
      .getByRole("button", { name: "Run Pipeline: This workspace is not trusted." })
      .click({ force: true });
    expect(await canvas.log()).toEqual([]);
  });

  test("a pipeline whose parent has no stages either offers to show what it is resolved to", async () => {
    canvas = await harness.open({ text: '{ "name": "child", "extends": "base", "stages": [] }' });
    await canvas.page.getByText("This pipeline takes its stages from base").waitFor();
    await canvas.page.getByRole("button", { name: "Show Resolved Pipeline" }).click();
    await expect.poll(() => canvas.log()).toEqual(["show resolved"]);
  });

  test("dragging a loop takes along the stages that have positions of their own", async () => {
    const text = pipelineText([
      { id: "fetch", position: { x: 0, y: 0 } },
      {
        id: "loop",
        component_type: "foreach",
        config: { items: [1], loop_stages: ["body"] },
        position: { x: 300, y: 0 },
      },
      { id: "body", position: { x: 340, y: 60 } },
    ]);
    await open({ text });
    const loop = await canvas.centre("loop");
    const body = await canvas.centre("body");
    const grip = await canvas.middleOf(canvas.stage("loop").locator(".container-title .stage-icon"));
    await canvas.drag(grip, { x: grip.x + 40, y: grip.y + 80 });
    await editCount(1);
    const positions = (await canvas.text()).match(/"x": \d+,\s*"y": \d+/g) ?? [];
    const [, loopAt, bodyAt] = positions.map((position) => position.match(/\d+/g)?.map(Number) ?? []);
    expect(loopAt?.[1]).toBeGreaterThan(60);
    expect(bodyAt).toEqual([(loopAt?.[0] ?? 0) + 40, (loopAt?.[1] ?? 0) + 60]);
    expect((await canvas.centre("body")).y - body.y).toBeCloseTo((await canvas.centre("loop")).y - loop.y);
  });
});
