import type { Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import type { ShownComparison } from "#protocol";
import type { Theme } from "./serve-pages.ts";
import { sharePages } from "./share-pages.ts";

/** Pages with the view of a comparison; null: nothing was told yet. */
export interface ComparisonHarness {
  open(
    shown: ShownComparison | null,
    how?: { readonly theme?: Theme; readonly width?: number; readonly height?: number },
  ): Promise<Page>;
}

/** For all tests of a file. Errors of a page fail the test that opened it. */
export function shareComparisonHarness(): ComparisonHarness {
  const pages = sharePages();
  return {
    async open(shown, { theme = "dark", width = 1300, height = 760 } = {}) {
      const how = { view: "comparison", theme, width, height, workers: "refused" } as const;
      const { page, errors, close } = await pages.open(shown, how);
      onTestFinished(async () => {
        const log = await page.evaluate(() => window.comparison.log);
        await close();
        expect([...errors, ...log.filter((line) => line.startsWith("defect"))]).toEqual([]);
      });
      await page.locator("#root > *").first().waitFor();
      return page;
    },
  };
}
