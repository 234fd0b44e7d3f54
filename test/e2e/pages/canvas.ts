import type { FrameLocator, Locator, Page } from "playwright-core";
import { pageIn } from "./webviews.ts";

/** The visible canvas: a webview, two frames deep. */
export interface Canvas {
  readonly frame: FrameLocator;
  /** Waits until the graph is drawn. */
  ready(): Promise<void>;
  stage(id: string): Locator;
  stages(): Locator;
  /** The stage with a run status, or `stopped`. */
  stageWithStatus(id: string, status: string): Locator;
  breakpoint(id: string): Locator;
  /** The sign of the stage's errors and warnings. */
  problem(id: string): Locator;
  /** The inspector's control of a field, by its path: `config.prompt`. */
  field(path: string): Locator;
  /** What flows on a wire, as its label has it. */
  wireValue(text: string): Locator;
  /** What lies over the canvas while it is read-only. */
  banner(): Locator;
  /** Clicks the stage's icon, which selects it and gives it the keyboard. */
  select(id: string): Promise<void>;
  /** Selects the stage and presses F9. */
  toggleBreakpoint(id: string): Promise<void>;
  /** Selects the stage and moves it to the right with the keyboard. */
  nudge(id: string): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  delete(id: string): Promise<void>;
}

/** The canvas of the active editor. */
export function createCanvas(page: Page): Canvas {
  const frame = pageIn(page, "canvas");
  const stages = frame.locator("[data-stage]");
  const stage = (id: string) => frame.locator(`[data-stage=${JSON.stringify(id)}]`);

  async function select(id: string): Promise<void> {
    await stage(id).locator(".stage-icon").first().click();
    await frame.locator(`[data-stage=${JSON.stringify(id)}][data-selected="true"]`).waitFor();
  }

  return {
    frame,
    ready: () => stages.first().waitFor({ timeout: 60_000 }),
    stage,
    stages: () => stages,
    stageWithStatus: (id, status) =>
      frame.locator(`[data-stage=${JSON.stringify(id)}][data-status=${JSON.stringify(status)}]`),
    field: (path) => frame.locator(`[data-field=${JSON.stringify(path)}]`),
    wireValue: (text) => frame.locator(".wire-value", { hasText: text }).first(),
    banner: () => frame.locator(".banner"),
    problem: (id) => stage(id).locator(".problem-badge"),
    breakpoint: (id) => stage(id).locator(".breakpoint-badge"),
    select,
    async toggleBreakpoint(id) {
      await select(id);
      await page.keyboard.press("F9");
    },
    async nudge(id) {
      await select(id);
      await page.keyboard.press("Alt+ArrowRight");
    },
    async rename(id, name) {
      await select(id);
      await page.keyboard.press("F2");
      const field = frame.locator(".stage-name-field");
      await field.fill(name);
      await field.press("Enter");
    },
    async delete(id) {
      await select(id);
      await page.keyboard.press("Delete");
      await stage(id).waitFor({ state: "detached" });
    },
  };
}
