import type { Locator, Page } from "playwright-core";

/** The page with what came of several values, in a tab of its own. */
export interface SweepPage {
  /** The row of a value, by some of its text. */
  row(value: string): Locator;
}

export function createSweepPage(page: Page): SweepPage {
  // Unlike those of custom editors and of views, the address of a panel's webview tells no purpose.
  const frame = page
    .frameLocator('iframe.webview[src*="extensionId=flowmason.flowmason"]:not([src*="purpose="])')
    .frameLocator("iframe#active-frame");
  return { row: (value) => frame.locator(".sweep tbody tr", { hasText: value }) };
}
