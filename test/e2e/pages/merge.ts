import type { FrameLocator, Locator, Page } from "playwright-core";

/** The view of a merge, in a tab of its own. */
export interface MergeView {
  /** Waits until the counter says so: `2 of 5 left`. */
  counts(words: string): Promise<void>;
  decision(words: string): Locator;
  button(name: string): Locator;
  stage(side: string, id: string): Locator;
}

export function createMergeView(page: Page): MergeView {
  // Unlike those of custom editors and of views, the address of a panel's webview tells no purpose.
  const frame = (): FrameLocator =>
    page
      .frameLocator('iframe.webview[src*="extensionId=flowmason.flowmason"]:not([src*="purpose="])')
      .frameLocator("iframe#active-frame");
  return {
    counts: (words) => frame().getByRole("status").filter({ hasText: words }).waitFor(),
    decision: (words) => frame().getByRole("option").filter({ hasText: words }),
    button: (name) => frame().getByRole("button", { name }),
    stage: (side, id) => frame().locator(`[data-side="${side}"] .stage[data-stage=${JSON.stringify(id)}]`),
  };
}
