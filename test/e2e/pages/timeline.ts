import type { FrameLocator, Locator, Page } from "playwright-core";
import { pageIn } from "./webviews.ts";
import type { Workbench } from "./workbench.ts";

/** The timeline of a run in the debug side bar. */
export interface TimelineView {
  /** Opens the view, and gives it the keyboard. */
  focus(): Promise<void>;
  /** The row of what happened to a stage, such as `summary, succeeded`. */
  row(words: string): Locator;
  /** The row of what is shown of the run. */
  shown(): Locator;
  list(): Locator;
  button(name: string): Locator;
  /** What stands above the rows. */
  text(words: string): Locator;
}

export function createTimelineView(page: Page, workbench: Workbench): TimelineView {
  const frame = (): FrameLocator => pageIn(page, "view");
  return {
    focus: () => workbench.command("Run and Debug: Focus on Timeline of the Run View"),
    row: (words) => frame().getByRole("option").filter({ hasText: words }),
    shown: () => frame().locator('[role="option"][aria-current="step"]'),
    list: () => frame().getByRole("listbox"),
    text: (words) => frame().getByText(words),
    button: (name) => frame().getByRole("button", { name }),
  };
}
