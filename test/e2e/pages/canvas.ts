import type { FrameLocator, Locator, Page } from "playwright-core";

/** The visible canvas: a webview, two frames deep. */
export interface Canvas {
  readonly frame: FrameLocator;
  ready(): Promise<void>;
  stage(id: string): Locator;
  stages(): Locator;
}

/** The canvas of the active editor. Other, hidden canvases stay in the page, hence `:visible`. */
export function createCanvas(page: Page): Canvas {
  const frame = page
    .locator('iframe.webview.ready[src*="extensionId=flowmason.flowmason"]:visible')
    .contentFrame()
    .locator("iframe#active-frame")
    .contentFrame();
  const stages = frame.locator(".react-flow__node");
  return {
    frame,
    ready: () => stages.first().waitFor({ timeout: 30_000 }),
    stage: (id) => frame.locator(`.react-flow__node[data-id=${JSON.stringify(id)}]`),
    stages: () => stages,
  };
}
