import type { FrameLocator, Locator, Page } from "playwright-core";
import { pageIn } from "./webviews.ts";

/** The viewer of a value of a run, in a tab of its own. */
export interface Viewer {
  cell(text: string): Locator;
  button(name: string): Locator;
  /** What it says where a part cannot be read. */
  refusal(text: string): Locator;
}

/** That of the page's tab in front. */
export function createViewer(page: Page): Viewer {
  const frame = (): FrameLocator => pageIn(page, "panel");
  return {
    cell: (text) => frame().getByRole("cell", { name: text }),
    button: (name) => frame().getByRole("button", { name, exact: true }),
    refusal: (text) => frame().getByRole("alert").filter({ hasText: text }),
  };
}
