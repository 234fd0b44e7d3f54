import type { Locator, Page } from "playwright-core";
import type { Workbench } from "./workbench.ts";

/** The Run and Debug side bar, the docked tool bar's state, and the Debug Console. */
export interface DebugView {
  start(): Promise<void>;
  /**
   * These by their buttons, which are there only while the session in front is stopped, the last two only where there is
   * a way back. A key would be lost in a canvas that just comes to the front.
   */
  continue(): Promise<void>;
  stepOver(): Promise<void>;
  stepBack(): Promise<void>;
  reverse(): Promise<void>;
  /** Waits until the call stack shows the name. */
  stoppedAt(frame: string): Promise<void>;
  /** Waits until no session runs. */
  finished(): Promise<void>;
  frame(name: string): Locator;
  /** Opens a scope or a variable with children; does nothing where it is open. */
  expand(name: string): Promise<void>;
  variable(text: string): Locator;
  consoleLine(text: string): Locator;
  /** Types an expression into the Debug Console. */
  evaluate(expression: string): Promise<void>;
  /** The value that is shown under the mouse while the run is stopped. */
  hoverValue(text: string): Locator;
}

/** The debug view of a window. */
export function createDebugView(page: Page, workbench: Workbench): DebugView {
  const frames = page.locator(".debug-call-stack .monaco-list-row");
  const variables = page.locator(".debug-variables .monaco-list-row");
  const stopButton = page.locator('.action-label[aria-label^="Stop ("]').first();
  const press = (label: string): Promise<void> =>
    page.locator(`.action-label[aria-label^="${label}"]:not(.disabled)`).first().click();
  const frame = (name: string) => frames.filter({ hasText: name }).first();
  return {
    start: () => page.keyboard.press("F5"),
    continue: () => press("Continue ("),
    stepOver: () => press("Step Over ("),
    stepBack: () => press("Step Back"),
    reverse: () => press("Reverse"),
    stoppedAt: (name) => frame(name).waitFor(),
    finished: () => stopButton.waitFor({ state: "hidden" }),
    frame,
    async expand(name) {
      const row = variables.filter({ hasText: name }).first();
      await row.waitFor();
      if ((await row.getAttribute("aria-expanded")) === "false") await row.click();
      // What has children moves the rows below it when they come, so nothing is clicked before that.
      await variables.and(page.locator('[aria-expanded="true"]')).filter({ hasText: name }).first().waitFor();
    },
    variable: (text) => variables.filter({ hasText: text }).first(),
    consoleLine: (text) => page.locator(".repl .monaco-list-row", { hasText: text }).first(),
    async evaluate(expression) {
      await workbench.command("Debug Console: Focus on Debug Console View");
      await page.locator(".repl-input-wrapper .monaco-editor.focused").waitFor();
      await page.keyboard.insertText(expression);
      await page.keyboard.press("Enter");
    },
    hoverValue: (text) => page.locator(".debug-hover-widget", { hasText: text }),
  };
}
