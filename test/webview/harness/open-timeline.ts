import type { Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import type { Theme } from "./serve-pages.ts";
import { sharePages } from "./share-pages.ts";

/** A page with the timeline of a run of so many moments in it; null for none. */
export interface TimelineHarness {
  open(total: number | null, theme?: Theme): Promise<Page>;
}

/** For all tests of a file. Errors of a page fail the test that opened it. */
export function shareTimelineHarness(): TimelineHarness {
  const pages = sharePages();
  return {
    async open(total, theme = "dark") {
      const { page, errors, close } = await pages.open(total, {
        view: "timeline",
        theme,
        width: 360,
        height: 480,
        workers: "refused",
      });
      onTestFinished(async () => {
        const log = await page.evaluate(() => window.timeline.log);
        await close();
        expect([...errors, ...log.filter((line) => line.startsWith("defect"))]).toEqual([]);
      });
      await page.locator("#root > *").first().waitFor();
      return page;
    },
  };
}
