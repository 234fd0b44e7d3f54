import { afterEach, expect } from "vitest";
import { type CanvasPage, canvasPage } from "./canvas-page.ts";
import type { HostOptions } from "./fake-host.ts";
import type { Theme, Workers } from "./serve-pages.ts";
import { sharePages } from "./share-pages.ts";

/** Canvases in plain pages. */
export interface Harness {
  /** A page that shows `options.text`. */
  open(
    options: HostOptions,
    view?: {
      readonly theme?: Theme;
      readonly width?: number;
      readonly height?: number;
      readonly workers?: Workers;
    },
  ): Promise<CanvasPage>;
}

/** One harness for all tests of a file. What a test opens is closed after it, and must have had no error. */
export function shareHarness(): Harness {
  const pages = sharePages();
  const opened = new Set<CanvasPage>();
  afterEach(async () => {
    for (const canvas of opened) {
      opened.delete(canvas);
      expect(await canvas.errors()).toEqual([]);
      await canvas.close();
    }
  });
  return {
    async open(options, view = {}) {
      const { theme = "dark", width = 1200, height = 760, workers = "allowed" } = view;
      const canvas = await canvasPage(
        await pages.open(options, { view: "canvas", theme, width, height, workers }),
      );
      const tracked = {
        ...canvas,
        // Some tests close one themselves, to open another.
        async close() {
          opened.delete(tracked);
          await canvas.close();
        },
      };
      opened.add(tracked);
      return tracked;
    },
  };
}
