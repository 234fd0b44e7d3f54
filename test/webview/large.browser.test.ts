import { expect, test } from "vitest";
import type { CanvasPage } from "./harness/canvas-page.ts";
import { shareHarness } from "./harness/share-harness.ts";
import { largeText } from "./large-text.ts";

const harness = shareHarness();

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

declare global {
  interface Window {
    /** How often any picture was painted. */
    painted: number;
  }
}
