import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { type CanvasPage, type Harness, openHarness } from "./open-harness.ts";

/** One harness for all tests of a file. What a test opens is closed after it, and must have had no error. */
export function shareHarness(): Pick<Harness, "open"> {
  let harness: Harness;
  const opened: CanvasPage[] = [];
  beforeAll(async () => {
    harness = await openHarness();
  });
  afterAll(() => harness.close());
  afterEach(async () => {
    for (const canvas of opened.splice(0)) {
      // Some tests close one themselves, to open another.
      if (canvas.page.isClosed()) continue;
      expect(await canvas.errors()).toEqual([]);
      await canvas.close();
    }
  });
  return {
    async open(options, view) {
      const canvas = await harness.open(options, view);
      opened.push(canvas);
      return canvas;
    },
  };
}
