import type { Locator, Page } from "playwright-core";
import { pageIn } from "./webviews.ts";

/** The page with what came of several values, in a tab of its own. */
export interface SweepPage {
  /** The row of a value, by some of its text. */
  row(value: string): Locator;
}

export function createSweepPage(page: Page): SweepPage {
  const frame = pageIn(page, "panel");
  return { row: (value) => frame.locator(".sweep tbody tr", { hasText: value }) };
}
