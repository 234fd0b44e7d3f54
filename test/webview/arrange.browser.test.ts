import { expect, test } from "vitest";
import type { CanvasAction } from "#protocol";
import { type CanvasPage } from "./harness/canvas-page.ts";
import { shareHarness } from "./harness/share-harness.ts";
import { pipelineText } from "./pipelines.ts";

const harness = shareHarness();

const scattered = pipelineText(
  ["fetch", "shape", "tell"].map((id, index) => ({
    id,
    depends_on: index === 0 ? [] : ["fetch"],
    position: { x: 100 * index * (index + 2), y: 90 * index * index },
  })),
);

async function selectAll(canvas: CanvasPage): Promise<void> {
  await canvas.stage("fetch").locator(".stage-icon").click();
  await canvas.page.keyboard.press("Control+A");
}

const edits = async (canvas: CanvasPage): Promise<number> =>
  (await canvas.log()).filter((line) => line.startsWith("edit ")).length;

async function positions(canvas: CanvasPage): Promise<readonly { readonly x: number; readonly y: number }[]> {
  const { stages } = JSON.parse(await canvas.text()) as {
    stages: { position: { x: number; y: number } }[];
  };
  return stages.map(({ position }) => position);
}

test("CE-08 the menu of several stages aligns them, in one edit", async () => {
  const canvas = await harness.open({ text: scattered });
  await selectAll(canvas);
  await canvas.stage("shape").click({ button: "right" });
  await canvas.page.getByRole("menuitem", { name: "Arrange…" }).click();
  await canvas.page.getByRole("menuitem", { name: "Align Top" }).click();
  await expect.poll(() => edits(canvas)).toBe(1);
  expect(await positions(canvas)).toEqual([0, 300, 800].map((x) => ({ x, y: 0 })));
});

test("CE-08 CE-10 each command arranges the selected stages in one edit; without a selection it says what it needs", async () => {
  const canvas = await harness.open({ text: scattered });
  const perform = (action: CanvasAction): Promise<void> =>
    canvas.page.evaluate((wanted) => window.host.perform(wanted), action);
  await canvas.stage("fetch").waitFor();
  await perform("align-left");
  await canvas.page.getByText("Select the stages to align: two or more.").waitFor();
  await perform("distribute-vertically");
  await canvas.page.getByText("Select the stages to distribute: three or more.").waitFor();
  expect(await edits(canvas)).toBe(0);
  await selectAll(canvas);
  const at = (axis: "x" | "y", values: readonly number[]) => async () => {
    expect((await positions(canvas)).map((place) => place[axis])).toEqual(values);
  };
  const expected: readonly (readonly [CanvasAction, () => Promise<void>])[] = [
    ["distribute-vertically", at("y", [0, 180, 360])],
    ["align-centre", at("x", [400, 400, 400])],
    ["align-right", at("x", [800, 800, 800])],
    ["align-middle", at("y", [180, 180, 180])],
    ["distribute-horizontally", at("x", [0, 400, 800])],
    ["align-bottom", at("y", [360, 360, 360])],
    ["align-left", at("x", [0, 0, 0])],
    ["align-top", at("y", [0, 0, 0])],
    ["tidy-layout", at("y", [48, 0, 96])],
  ];
  for (const [action, check] of expected) {
    await canvas.page.evaluate((text) => window.host.type(text), scattered);
    const before = await edits(canvas);
    await perform(action);
    await expect.poll(() => edits(canvas), { message: action }).toBe(before + 1);
    await check();
  }
});

test("CE-10 Tidy Layout in the menu of the canvas lays out all, once", async () => {
  const canvas = await harness.open({ text: scattered });
  await canvas.stage("fetch").waitFor();
  const tidy = async (): Promise<void> => {
    await canvas.page.locator(".react-flow__pane").click({ button: "right", position: { x: 20, y: 20 } });
    await canvas.page.getByRole("menuitem", { name: "Tidy Layout" }).click();
  };
  await tidy();
  await expect.poll(() => edits(canvas)).toBe(1);
  await tidy();
  await canvas.page.getByText("Nothing to move").waitFor();
  expect(await edits(canvas)).toBe(1);
});
