import type { FrameLocator, Locator, Page } from "playwright-core";
import { pageIn } from "./webviews.ts";

/** The view of a comparison, in a tab of its own. */
export interface Comparison {
  /** Waits until the counter says so: `Change 2 of 5`. */
  counts(words: string): Promise<void>;
  /** A line of the list of changes. */
  change(words: string): Locator;
  stage(id: string): Locator;
  button(name: string): Locator;
  /** The changed value that is looked at. */
  current(): Locator;
  /** The row of a stage in the table of two runs. */
  figures(stage: string): Locator;
}

export function createComparison(page: Page): Comparison {
  const frame = (): FrameLocator => pageIn(page, "panel");
  return {
    counts: (words) => frame().getByRole("status").filter({ hasText: words }).waitFor(),
    change: (words) => frame().getByRole("option").filter({ hasText: words }),
    stage: (id) => frame().locator(`.stage[data-stage=${JSON.stringify(id)}]`),
    button: (name) => frame().getByRole("button", { name }),
    figures: (stage) => frame().getByRole("row").filter({ hasText: stage }),
    current: () => frame().locator(".properties tr[data-current='true']"),
  };
}
