import { describe, expect, test } from "vitest";
import { parsePipeline, pipelineGraph, stageById } from "#core/pipeline";
import type { CanvasPage } from "./harness/canvas-page.ts";
import type { Place } from "./harness/places.ts";
import { shareHarness } from "./harness/share-harness.ts";
import { nestedStages, pipelineText } from "./pipelines.ts";

const harness = shareHarness();
let canvas: CanvasPage;

const loopAndMore = pipelineText([
  { id: "start" },
  { id: "loop", component_type: "foreach", config: { items: [1], loop_stages: ["say", "use"] } },
  { id: "say" },
  { id: "use", depends_on: ["say"], config: { message: "{{ item }}" } },
  { id: "check", component_type: "conditional", config: { condition: true }, depends_on: ["loop"] },
  { id: "after", depends_on: ["check"] },
]);

const armsOf = async (id: string): Promise<readonly string[]> =>
  stageById(parsePipeline(await canvas.text()), id)?.arms.flatMap(({ arm, stages }) =>
    stages.map(({ value }) => `${arm} ${value}`),
  ) ?? [];
const ownerOf = async (id: string): Promise<string | null | undefined> => {
  const node = pipelineGraph(parsePipeline(await canvas.text())).nodes.find(({ stage }) => stage.id === id);
  return node === undefined ? undefined : (node.owner?.stage ?? null);
};
const editsMade = async (): Promise<readonly string[]> =>
  (await canvas.log()).flatMap((line) => /^edit \{"kind":"([a-z-]+)"/.exec(line)?.[1] ?? []);
const lit = (look: "here" | "refused"): Promise<string | null> =>
  canvas.page.locator(`[data-drop="${look}"]`).first().getAttribute("data-id");

async function open(text: string): Promise<void> {
  canvas = await harness.open({ text }, { width: 1500, height: 900 });
  await canvas.stage("loop").or(canvas.stage("each")).first().waitFor();
}

/** Drags a stage by its icon so that the pointer comes to a place; the button is not let go. */
async function dragTo(id: string, to: Place): Promise<void> {
  const from = await canvas.middleOf(canvas.stage(id).locator(".stage-icon").first());
  const { mouse } = canvas.page;
  await mouse.move(from.x, from.y);
  await mouse.down();
  await mouse.move(from.x + 4, from.y + 4);
  await mouse.move(to.x, to.y, { steps: 5 });
}

/** A place in a container where no stage is: beside its lower left corner. */
async function roomIn(id: string): Promise<Place> {
  const box = await canvas.stage(id).boundingBox();
  if (box === null) throw new Error(`${id} is not drawn.`);
  return { x: box.x + 8, y: box.y + box.height - 8 };
}

/** A place below everything, where nothing is. */
async function roomBelow(id: string): Promise<Place> {
  const box = await canvas.stage(id).boundingBox();
  if (box === null) throw new Error(`${id} is not drawn.`);
  return { x: box.x + box.width / 2, y: box.y + box.height + 120 };
}

describe("a stage dragged with the mouse", () => {
  test("CE-02 into a body that lights up is in there, where it was let go, in one edit", async () => {
    await open(loopAndMore);
    await dragTo("start", await roomIn("loop"));
    await canvas.page.getByText("Move into “loop” of “loop”").waitFor();
    expect(await lit("here")).toBe("loop");
    await canvas.page.mouse.up();
    await expect.poll(() => armsOf("loop")).toEqual(["loop say", "loop use", "loop start"]);
    expect(await editsMade()).toEqual(["drop-stages"]);
    expect(await canvas.text()).toMatch(/"start": ?\{ ?"x": ?-?\d+, ?"y": ?-?\d+ ?\}/);
    expect(await canvas.page.locator("[data-drop]").count()).toBe(0);
  });

  test("CE-02 out of its body is beside the stage around it; inside it is moved only", async () => {
    await open(loopAndMore);
    await dragTo("say", await roomIn("loop"));
    expect(await canvas.page.locator("[data-drop]").count()).toBe(0);
    await canvas.page.mouse.up();
    await expect.poll(editsMade).toEqual(["move-stages"]);
    expect(await armsOf("loop")).toEqual(["loop say", "loop use"]);
    await dragTo("say", await roomBelow("loop"));
    await canvas.page.getByText("Take out", { exact: true }).waitFor();
    await canvas.page.mouse.up();
    await expect.poll(() => armsOf("loop")).toEqual(["loop use"]);
    expect(await editsMade()).toEqual(["move-stages", "drop-stages"]);
  });

  test("CE-02 Escape gives a drag up: it goes back at once, and letting go changes nothing", async () => {
    await open(loopAndMore);
    const before = await canvas.centre("start");
    await dragTo("start", await roomIn("loop"));
    await canvas.page.getByText("Move into “loop” of “loop”").waitFor();
    await canvas.page.keyboard.press("Escape");
    await expect.poll(() => canvas.centre("start")).toEqual(before);
    expect(await canvas.page.locator("[data-drop], .drag-words").count()).toBe(0);
    await canvas.page.mouse.move(before.x + 60, before.y + 60);
    await canvas.page.mouse.up();
    expect(await canvas.centre("start")).toEqual(before);
    // The next one is a drag as any other.
    await dragTo("start", await roomBelow("loop"));
    await canvas.page.mouse.up();
    await expect.poll(editsMade).toEqual(["move-stages"]);
  });

  test("CE-13 a drag draws what moves: the form of the stage that it selects comes when it is over", async () => {
    await open(loopAndMore);
    const heading = canvas.page.locator(".inspector-heading");
    await expect.poll(() => heading.textContent()).toContain("Pipeline");
    await dragTo("start", await roomBelow("loop"));
    await canvas.page.locator('.stage[data-stage="start"][data-selected="true"]').waitFor();
    expect(await heading.textContent()).toContain("Pipeline");
    await canvas.page.mouse.up();
    await expect.poll(() => heading.textContent()).toContain("start");
  });

  test("CE-12 out of the loop whose item it reads is refused with the reason, and it goes back", async () => {
    await open(loopAndMore);
    const before = await canvas.centre("use");
    await dragTo("use", await roomBelow("loop"));
    await canvas.page.locator(".drag-words[data-refused=true]").getByText('"use" reads "item"').waitFor();
    await canvas.page.mouse.up();
    await canvas.page.getByRole("alert").getByText('"use" reads "item"').waitFor();
    await expect.poll(() => canvas.centre("use")).toEqual(before);
    expect(await canvas.text()).toBe(loopAndMore);
  });

  test("CE-12 into a body that it waits for by way of another stage is refused there", async () => {
    await open(loopAndMore);
    await dragTo("after", await roomIn("loop"));
    await canvas.page.locator(".drag-words[data-refused=true]").getByText("wait for each other").waitFor();
    expect(await lit("refused")).toBe("loop");
    await canvas.page.mouse.up();
    expect(await canvas.text()).toBe(loopAndMore);
  });

  test("CE-02 onto a conditional is in the branch at that height", async () => {
    await open(loopAndMore);
    const box = await canvas.stage("check").boundingBox();
    await dragTo("after", { x: (box?.x ?? 0) + 90, y: (box?.y ?? 0) + (box?.height ?? 0) - 6 });
    await canvas.page.getByText("Move into “false” of “check”").waitFor();
    await canvas.page.mouse.up();
    await expect.poll(() => armsOf("check")).toEqual(["false after"]);
  });

  test("CE-02 in the map dialect goes from one body to another around it, and has another id", async () => {
    await open(nestedStages);
    await dragTo("each/guard/note", await roomIn("each"));
    expect(await lit("here")).toBe(encodeURIComponent("each"));
    await canvas.page.mouse.up();
    await expect.poll(() => ownerOf("each/note")).toBe("each");
    expect(await editsMade()).toEqual(["drop-stages"]);
    await expect.poll(async () => (await canvas.log()).includes("selection each/note")).toBe(true);
  });
});
