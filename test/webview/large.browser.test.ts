import type { CDPSession } from "playwright-core";
import { expect, test } from "vitest";
import { cases } from "../support/soak.ts";
import type { CanvasPage } from "./harness/open-harness.ts";
import { shareHarness } from "./harness/share-harness.ts";
import { pipelineText } from "./pipelines.ts";

const harness = shareHarness();

/** Layers of 25 stages, each of which waits for two of the layer before. */
function largeText(stages: number): string {
  return pipelineText(
    Array.from({ length: stages }, (_, index) => ({
      id: `s${index}`,
      depends_on: index < 25 ? [] : [`s${index - 25}`, `s${index - 25 + (index % 25 === 24 ? -1 : 1)}`],
    })),
  );
}

async function counts({
  page,
}: CanvasPage): Promise<Readonly<Record<"stages" | "wires" | "elements", number>>> {
  return await page.evaluate(() => ({
    stages: document.querySelectorAll(".stage").length,
    wires: document.querySelectorAll(".wire").length,
    elements: document.querySelectorAll(".react-flow *").length,
  }));
}

test.each([500, 2_000])("CE-13 %i stages: what is out of view is no element of the page", async (stages) => {
  const canvas = await harness.open({ text: largeText(stages) });
  await canvas.page.locator(".wire").first().waitFor({ state: "attached" });
  const near = await counts(canvas);
  // The pane has room for some 60 at the scale that a large graph begins with.
  expect(near.stages).toBeGreaterThan(10);
  expect(near.stages).toBeLessThan(120);
  expect(near.wires).toBeLessThan(300);
  expect(near.elements).toBeLessThan(2_500);
});

test("CE-13 2,000 stages in view at once are one picture, which no panning paints anew", async () => {
  const canvas = await harness.open({ text: largeText(2_000) });
  await canvas.stage("s0").click();
  await canvas.page.keyboard.press("f");
  const picture = canvas.page.locator("canvas.far-view");
  await picture.waitFor();
  // The stage that the keyboard is at stays.
  await expect.poll(async () => (await counts(canvas)).stages).toBe(1);
  const { elements } = await counts(canvas);
  expect(elements).toBeLessThan(150);
  await canvas.page.evaluate(() => {
    window.painted = 0;
    // Whatever paints a picture first gives it its size.
    const count = new MutationObserver((changes) => {
      window.painted += changes.length;
    });
    const attributeFilter = ["width", "height"];
    for (const each of document.querySelectorAll("canvas")) count.observe(each, { attributeFilter });
  });
  const before = await picture.boundingBox();
  await canvas.drag({ x: 300, y: 700 }, { x: 400, y: 640 });
  await expect.poll(async () => (await picture.boundingBox())?.x).not.toBe(before?.x);
  expect(await canvas.page.evaluate(() => window.painted)).toBe(0);
});

test("CE-13 panning and dragging over and over leaves the heap flat and nothing behind", {
  timeout: 20 * 60_000,
}, async () => {
  const canvas = await harness.open({ text: largeText(500) });
  const protocol = await canvas.page.context().newCDPSession(canvas.page);
  await protocol.send("Performance.enable");
  const there = await canvas.centre("s0");
  const away = { x: there.x + 60, y: there.y + 40 };
  const empty = await emptyPlace(canvas);
  const round = async (): Promise<void> => {
    await canvas.drag(there, away);
    await canvas.drag(away, there);
    await canvas.drag(empty, { x: empty.x - 500, y: empty.y - 60 });
    await canvas.drag({ x: empty.x - 500, y: empty.y - 60 }, empty);
  };
  // Code is compiled, caches fill, and the first move writes a line of layout.
  for (let warm = 0; warm < 4; warm++) await round();
  const before = await retained(protocol);
  for (let count = 0; count < cases(8, 300); count++) await round();
  const after = await retained(protocol);
  expect(after.listeners).toBeLessThanOrEqual(before.listeners + 20);
  expect(after.nodes).toBeLessThanOrEqual(before.nodes * 1.1);
  expect(after.heap).toBeLessThanOrEqual(before.heap * 1.1);
  expect(after.heap).toBeGreaterThanOrEqual(before.heap * 0.9);
});

/** What is still there after the garbage is gone: bytes, nodes of the page, listeners. */
async function retained(
  protocol: CDPSession,
): Promise<Readonly<Record<"heap" | "nodes" | "listeners", number>>> {
  await protocol.send("HeapProfiler.collectGarbage");
  await protocol.send("HeapProfiler.collectGarbage");
  const { metrics } = await protocol.send("Performance.getMetrics");
  const named = (name: string): number => metrics.find((each) => each.name === name)?.value ?? Number.NaN;
  return { heap: named("JSHeapUsedSize"), nodes: named("Nodes"), listeners: named("JSEventListeners") };
}

/** A place to the right in the pane where neither stage nor wire is. */
async function emptyPlace({ page }: CanvasPage): Promise<{ readonly x: number; readonly y: number }> {
  return await page.evaluate(() => {
    for (let y = 300; y < 700; y += 7)
      for (let x = 850; x > 600; x -= 7)
        if (document.elementFromPoint(x, y)?.classList.contains("react-flow__pane") === true) return { x, y };
    throw new Error("There is no empty place.");
  });
}

declare global {
  interface Window {
    /** How often any picture was painted. */
    painted: number;
  }
}
