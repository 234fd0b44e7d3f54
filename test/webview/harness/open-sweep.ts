import type { Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import type { ShownSweep } from "#protocol";
import type { Theme } from "./serve-pages.ts";
import { sharePages } from "./share-pages.ts";

/** Pages with what came of several values. */
export interface SweepHarness {
  open(shown: ShownSweep, theme?: Theme, width?: number): Promise<Page>;
}

/** For all tests of a file. Errors of a page fail the test that opened it. */
export function shareSweepHarness(): SweepHarness {
  const pages = sharePages();
  return {
    async open(shown, theme = "dark", width = 1100) {
      const how = { view: "sweep", theme, width, height: 600, workers: "refused" } as const;
      const { page, errors, close } = await pages.open(shown, how);
      onTestFinished(async () => {
        const log = await page.evaluate(() => window.sweep.log);
        await close();
        expect([...errors, ...log.filter((line) => line.startsWith("defect"))]).toEqual([]);
      });
      await page.locator("#root > *").first().waitFor();
      return page;
    },
  };
}
