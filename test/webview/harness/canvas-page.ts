import type { Locator, Page } from "playwright-core";
import { middleOf, middleOfLine, type Place } from "./places.ts";
import type { OpenedPage } from "./share-pages.ts";

/** An open canvas, and what tests do with it. */
export interface CanvasPage {
  readonly page: Page;
  /** Uncaught errors, console errors (a breach of the policy is one) and defects the canvas reported. */
  errors(): Promise<readonly string[]>;
  text(): Promise<string>;
  log(): Promise<readonly string[]>;
  stage(id: string): Locator;
  clickWire(from: string, to: string, button?: "left" | "right"): Promise<void>;
  /** The middle of a stage, in pixels of the page, once it is at rest. */
  centre(id: string): Promise<Place>;
  middleOf(locator: Locator): Promise<Place>;
  isInPane(id: string): Promise<boolean>;
  drag(from: Place, to: Place): Promise<void>;
  /** Draws a line from a stage's right handle to another's left one; `before` is called before the button is let go. */
  connect(from: string, to: string, before?: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** The canvas in a page, once it shows a graph or says why there is none. */
export async function canvasPage({ page, errors, close }: OpenedPage): Promise<CanvasPage> {
  await page.locator(".canvas-graph, .placeholder .action").first().waitFor();
  const log = (): Promise<readonly string[]> => page.evaluate(() => [...window.host.log]);
  const stage = (id: string): Locator => page.locator(`.stage[data-stage=${JSON.stringify(id)}]`);
  const drag = async (from: Place, to: Place, before?: () => Promise<void>): Promise<void> => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    // React Flow begins a drag after some pixels, and asks what is under the pointer with each move.
    await page.mouse.move(from.x + Math.sign(to.x - from.x) * 3, from.y + Math.sign(to.y - from.y) * 3);
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await before?.();
    await page.mouse.up();
  };
  return {
    page,
    log,
    stage,
    drag,
    async clickWire(from, to, button = "left") {
      const { x, y } = await middleOfLine(page.locator(`.wire[data-id$=" ${from} ${to}"] .wire-grip`));
      await page.mouse.click(x, y, { button });
    },
    centre: (id) => middleOf(stage(id)),
    middleOf,
    async isInPane(id) {
      const box = await stage(id).boundingBox();
      const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
      return (
        box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height
      );
    },
    async connect(from, to, before) {
      const start = await middleOf(stage(from).locator(".react-flow__handle-right"));
      const end = await middleOf(stage(to).locator(".react-flow__handle-left"));
      await drag(start, end, before);
    },
    text: () => page.evaluate(() => window.host.text()),
    errors: async () => [...errors, ...(await log()).filter((line) => line.includes("defect"))],
    close,
  };
}
