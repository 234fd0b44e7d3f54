import type { Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import type { ShownMerge } from "#protocol";
import type { Theme } from "./serve-pages.ts";
import { sharePages } from "./share-pages.ts";

/** Pages with the view of a merge; null: nothing was told yet. */
export interface MergeHarness {
  open(shown: ShownMerge | null, theme?: Theme): Promise<Page>;
}

/** For all tests of a file. Errors of a page fail the test that opened it. */
export function shareMergeHarness(): MergeHarness {
  const pages = sharePages();
  return {
    async open(shown, theme = "dark") {
      const how = { view: "merge", theme, width: 1400, height: 860, workers: "refused" } as const;
      const { page, errors, close } = await pages.open(shown, how);
      onTestFinished(async () => {
        const log = await page.evaluate(() => window.merge.log);
        await close();
        expect([...errors, ...log.filter((line) => line.startsWith("defect"))]).toEqual([]);
      });
      await page.locator("#root > *").first().waitFor();
      return page;
    },
  };
}
