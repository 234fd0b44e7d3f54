import type { Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import type { Theme } from "./serve-pages.ts";
import { sharePages } from "./share-pages.ts";
import type { ViewedValue } from "./viewer-page.ts";

/** Pages with the viewer of a value. */
export interface ViewerHarness {
  open(viewed: ViewedValue, theme?: Theme): Promise<Page>;
}

/** For all tests of a file. Errors of a page fail the test that opened it. */
export function shareViewerHarness(): ViewerHarness {
  const pages = sharePages();
  return {
    async open(viewed, theme = "dark") {
      const how = { view: "viewer", theme, width: 900, height: 600, workers: "refused" } as const;
      const { page, errors, close } = await pages.open(viewed, how);
      onTestFinished(async () => {
        const log = await page.evaluate(() => window.viewer.log);
        await close();
        expect([...errors, ...log.filter((line) => line.startsWith("defect"))]).toEqual([]);
      });
      await page.locator(".viewer-bar").waitFor();
      return page;
    },
  };
}
