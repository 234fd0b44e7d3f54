import { expect, test } from "vitest";
import { parsePipeline } from "#core/pipeline";
import { emptyGraph, graphView } from "../../webview/graph/graph-view.ts";
import { layOut } from "../../webview/graph/place.ts";
import { largePipeline } from "../support/large-pipeline.ts";
import type { CanvasPage } from "./harness/canvas-page.ts";
import { shareHarness } from "./harness/share-harness.ts";
import { functionsRunBy } from "./harness/thread-profile.ts";
import { pipelineText, threeStages } from "./pipelines.ts";

const harness = shareHarness();

const large = largePipeline(2_000);
const other = largePipeline(2_000, 3);

/** The texts are long, and so is what is done with them on a machine that does much else. */
const patient = { timeout: 30_000 };

type Places = Readonly<Record<string, { readonly x: number; readonly y: number }>>;

/** Where each stage of a text without positions stands, as worked out here. */
function expectedPlaces(text: string): Places {
  const { layout } = graphView(parsePipeline(text), emptyGraph);
  const boxes = layout.kind === "settled" && layout.fresh !== null ? layout.fresh : layOut(layout.plan);
  return Object.fromEntries([...boxes].map(([id, { x, y }]) => [id, { x, y }]));
}

/** The same stages, strewn about. */
function scattered(text: string): string {
  const document = JSON.parse(text) as { stages: { position?: unknown }[] };
  for (const [i, stage] of document.stages.entries())
    stage.position = { x: ((i * 37) % 50) * 300, y: Math.floor(i / 50) * 150 };
  return JSON.stringify(document);
}

async function writtenPlaces(canvas: CanvasPage): Promise<Places> {
  const { stages } = JSON.parse(await canvas.text()) as {
    stages: { id: string; position?: { x: number; y: number } }[];
  };
  return Object.fromEntries(
    stages.flatMap(({ id, position }) => (position === undefined ? [] : [[id, position]])),
  );
}

const edits = async (canvas: CanvasPage): Promise<number> =>
  (await canvas.log()).filter((line) => line.startsWith("edit ")).length;

/** Where a stage that is in view stands, from the first one. */
async function placeOf(canvas: CanvasPage, id: string): Promise<{ readonly x: number; readonly y: number }> {
  await canvas.stage(id).waitFor();
  return await canvas.page.locator(`.react-flow__node[data-id="${id}"]`).evaluate((element) => {
    const { m41, m42 } = new DOMMatrix(getComputedStyle(element).transform);
    return { x: m41, y: m42 };
  });
}

const type = (canvas: CanvasPage, ...texts: readonly string[]): Promise<void> =>
  canvas.page.evaluate((all) => {
    for (const text of all) window.host.type(text);
  }, texts);

test("CE-10 a graph of 2,000 stages is laid out by a worker, which stands as it would anywhere; the page's own thread lays out nothing", async () => {
  const canvas = await harness.open({ text: large });
  expect(canvas.page.workers()).toHaveLength(1);
  expect(await placeOf(canvas, "s1")).toEqual(expectedPlaces(large)["s1"]);

  const ran = await functionsRunBy(canvas.page, async () => {
    await type(canvas, other);
    await expect.poll(() => placeOf(canvas, "s1"), patient).toEqual(expectedPlaces(other)["s1"]);
  });
  expect(ran).toContain("graphView");
  for (const part of ["orderLayers", "crossCoordinates", "layOut"]) expect(ran).not.toContain(part);
  expect(canvas.page.workers()).toHaveLength(1);
});

test("CE-10 Tidy Layout of 2,000 stages is a worker's too, and writes the places of a file that nobody has arranged", async () => {
  const canvas = await harness.open({ text: scattered(large) });
  // What someone has placed stays there, and nothing is laid out.
  expect(canvas.page.workers()).toHaveLength(0);
  expect(await writtenPlaces(canvas)).not.toEqual(expectedPlaces(large));
  const ran = await functionsRunBy(canvas.page, async () => {
    await canvas.page.evaluate(() => window.host.perform("tidy-layout"));
    await expect.poll(() => edits(canvas), patient).toBe(1);
  });
  expect(await writtenPlaces(canvas)).toEqual(expectedPlaces(large));
  expect(ran).not.toContain("orderLayers");
});

test("CE-10 a small graph is laid out at once, without a worker", async () => {
  const canvas = await harness.open({ text: threeStages });
  await canvas.stage("tell").waitFor();
  expect(canvas.page.workers()).toEqual([]);
});

test("CE-10 of several graphs in a row the last one is shown, whichever layouts were begun before", async () => {
  const canvas = await harness.open({ text: threeStages });
  const last = largePipeline(1_200, 5);
  await type(canvas, large, other, large, last);
  await expect.poll(() => placeOf(canvas, "s1"), patient).toEqual(expectedPlaces(last)["s1"]);
  await expect.poll(() => canvas.page.workers().length, patient).toBe(1);
  await type(canvas, other, threeStages);
  await canvas.stage("tell").waitFor();
  await expect.poll(() => canvas.page.workers().length, patient).toBeLessThan(2);
  await canvas.stage("tell").waitFor();
});

test("CE-10 while it takes a while the canvas says so, and a Tidy Layout that is cancelled changes nothing", async () => {
  const canvas = await harness.open({ text: scattered(large) });
  const seen = await canvas.page.evaluate(async () => {
    const cancelled = new Promise<string>((resolve) => {
      const observer = new MutationObserver(() => {
        const state = document.querySelector<HTMLElement>(".layout-state");
        if (state === null) return;
        observer.disconnect();
        state.querySelector("button")?.click();
        resolve(state.innerText);
      });
      observer.observe(document.body, { childList: true, subtree: true });
    });
    window.host.perform("tidy-layout");
    return await cancelled;
  });
  expect(seen).toMatch(/^Laying out…\s*Cancel$/);
  await canvas.page.locator(".layout-state").waitFor({ state: "detached" });
  await expect.poll(() => canvas.page.workers().length, patient).toBe(0);
  expect(await edits(canvas)).toBe(0);
});

test("CE-10 a worker that cannot be started is an error with a way out, and keeps nothing from being shown that has a place", async () => {
  const canvas = await harness.open({ text: large }, { workers: "refused" });
  const { page } = canvas;
  const alert = page.getByRole("alert").filter({ hasText: "The pipeline could not be laid out" });
  await alert.getByText("The layout worker failed").waitFor();
  await alert.getByRole("button", { name: "Try Again" }).click();
  await alert.getByText("The layout worker failed").waitFor();
  await alert.getByRole("button", { name: "Open as Text" }).click();
  await expect.poll(() => canvas.log(), patient).toContain("open as text");

  await type(canvas, scattered(large));
  await canvas.stage("s0").waitFor();
  await page.evaluate(() => window.host.perform("tidy-layout"));
  await page.getByText(/The layout worker failed: .* Nothing was moved\./).waitFor();
  expect(await edits(canvas)).toBe(0);
  // The browser has told of each refusal, which the other tests take for an error.
  await canvas.close();
});

test("CE-10 the map shows where the view is, and a click on it goes there", async () => {
  const stages = Array.from({ length: 60 }, (_, i) => ({
    id: `s${i}`,
    depends_on: i === 0 ? [] : [`s${i - 1}`],
  }));
  const canvas = await harness.open({ text: pipelineText(stages) });
  await canvas.stage("s0").waitFor();
  const map = canvas.page.locator(".minimap-surface");
  const frame = canvas.page.locator(".minimap-frame");
  const { x = 0 } = (await frame.boundingBox()) ?? {};
  const { width = 0, height = 0 } = (await map.boundingBox()) ?? {};
  await map.click({ position: { x: width - 12, y: height / 2 } });
  await canvas.stage("s59").waitFor();
  await canvas.stage("s0").waitFor({ state: "detached" });
  expect((await frame.boundingBox())?.x).toBeGreaterThan(x + width / 2);
});
