import { expect, test } from "vitest";
import type { ReadValue } from "#protocol";
import { graveInEachTheme } from "./harness/grave-in-each-theme.ts";
import { shareViewerHarness } from "./harness/open-viewer.ts";

const harness = shareViewerHarness();

const valueOf = (svg: string): ReadValue => ({
  version: 1,
  value: 1,
  name: "drawing",
  expression: "upstream.draw.drawing",
  type: "string",
  kinds: ["image", "text"],
  page: { as: "image", type: "image/svg+xml", bytes: svg.length, base64: btoa(svg) },
});

test("a picture that is wider than the page is fitted into it, or shown as large as it is", async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="3000"><circle cx="2000" cy="1500" r="1000"/></svg>';
  const page = await harness.open({ value: valueOf(svg), parts: [] });
  const drawn = page.locator(".viewer-picture img");
  const width = async (): Promise<number> => (await drawn.boundingBox())?.width ?? 0;
  const actual = page.getByRole("button", { name: "Actual Size" });
  await actual.waitFor();
  expect(await width()).toBeLessThan(900);
  await actual.press("Enter");
  await expect.poll(width).toBe(4002);
  // Its left edge can be scrolled to.
  expect((await drawn.boundingBox())?.x).toBeGreaterThanOrEqual(0);
  await actual.click();
  await expect.poll(width).toBeLessThan(900);
});

test("axe finds nothing grave about a picture, drawn or damaged, in four themes", async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="160"><circle cx="60" cy="80" r="50"/><circle cx="180" cy="80" r="50" fill="white"/></svg>';
  for (const [text, shown] of [
    [svg, "240 × 160"],
    ["<svg/>", "cannot be drawn"],
  ] as const) {
    const page = await harness.open({ value: valueOf(text), parts: [] }, "dark");
    await page.getByText(shown).waitFor();
    expect(await graveInEachTheme(page, `viewer-${shown.replaceAll(/\W+/g, "-")}`)).toEqual([]);
  }
});
