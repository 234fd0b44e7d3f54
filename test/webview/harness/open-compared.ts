import type { Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import type { ComparedGiven } from "./compared-page.tsx";
import type { Theme } from "./serve-pages.ts";
import { sharePages } from "./share-pages.ts";

/** Pages with canvases of a comparison beside each other. */
export interface ComparedHarness {
  open(
    given: ComparedGiven,
    how?: { readonly theme?: Theme; readonly width?: number; readonly height?: number },
  ): Promise<Page>;
}

/** For all tests of a file. Errors of a page fail the test that opened it. */
export function shareComparedHarness(): ComparedHarness {
  const pages = sharePages();
  return {
    async open(given, { theme = "dark", width = 1200, height = 760 } = {}) {
      const how = { view: "compared", theme, width, height, workers: "refused" } as const;
      const { page, errors, close } = await pages.open(given, how);
      onTestFinished(async () => {
        await close();
        expect(errors).toEqual([]);
      });
      await page.locator(".compared-canvas").first().waitFor();
      return page;
    },
  };
}
