import type { FrameLocator, Locator, Page } from "playwright-core";
import { pageIn } from "./webviews.ts";

/** The view of a merge, in a tab of its own. */
export interface MergeView {
  /** Waits until the counter says so: `2 of 5 left`. */
  counts(words: string): Promise<void>;
  decision(words: string): Locator;
  button(name: string): Locator;
  /** Why there is nothing to merge. */
  refusal(words: string): Locator;
  /** The field for a value that neither side has. */
  own(): Locator;
  stage(side: string, id: string): Locator;
}

export function createMergeView(page: Page): MergeView {
  const frame = (): FrameLocator => pageIn(page, "panel");
  return {
    counts: (words) => frame().getByRole("status").filter({ hasText: words }).waitFor(),
    decision: (words) => frame().getByRole("option").filter({ hasText: words }),
    button: (name) => frame().getByRole("button", { name }),
    refusal: (words) => frame().getByRole("alert").filter({ hasText: words }),
    own: () => frame().getByLabel("A value of your own"),
    stage: (side, id) => frame().locator(`[data-side="${side}"] .stage[data-stage=${JSON.stringify(id)}]`),
  };
}
