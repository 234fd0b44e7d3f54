import { describe, expect, test } from "vitest";
import type { CanvasPage } from "./harness/canvas-page.ts";
import type { Theme } from "./harness/serve-pages.ts";
import { shareHarness } from "./harness/share-harness.ts";
import { pipelineText } from "./pipelines.ts";

const harness = shareHarness();
const themes: readonly Theme[] = ["dark", "light", "high-contrast", "high-contrast-light"];
let canvas: CanvasPage;

const text = pipelineText(
  [
    { id: "each", component_type: "foreach", config: { items: [1], loop_stages: ["body"] } },
    { id: "body" },
    { id: "after", depends_on: ["each"] },
  ],
  {
    layout: {
      "$note:1": { text: "A note.", x: 0, y: 400 },
      "$group:1": { title: "Group", stages: ["after"] },
    },
  },
);

/**
 * How far what shows the keyboard's place stands out from what is behind it, as a ratio of luminances: the better of
 * the outline, or where it is the border or the background that changes, of that. 1: it cannot be told.
 */
async function contrastOfFocus(): Promise<number> {
  return await canvas.page.evaluate(() => {
    const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const rgb = (color: string, behind: readonly number[]): readonly number[] => {
      if (pixel === null) throw new Error("There is no canvas.");
      pixel.fillStyle = `rgb(${behind.join(" ")})`;
      pixel.fillRect(0, 0, 1, 1);
      pixel.fillStyle = color;
      pixel.fillRect(0, 0, 1, 1);
      return [...pixel.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    };
    const luminance = (color: readonly number[]): number => {
      const [r = 0, g = 0, b = 0] = color
        .map((each) => each / 255)
        .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ratio = (a: readonly number[], b: readonly number[]): number => {
      const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
      return (high + 0.05) / (low + 0.05);
    };
    const behindOf = (element: Element | null): readonly number[] => {
      if (element === null) return [255, 255, 255];
      return rgb(getComputedStyle(element).backgroundColor, behindOf(element.parentElement));
    };
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return 1;
    const behind = behindOf(element.parentElement);
    const look = (): readonly (readonly number[])[] => {
      const style = getComputedStyle(element);
      const isOutlined = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 1;
      return [
        isOutlined ? rgb(style.outlineColor, behind) : behind,
        style.borderTopStyle === "none" ? behind : rgb(style.borderTopColor, behind),
        rgb(style.backgroundColor, behind),
      ];
    };
    const focused = look();
    element.blur();
    const blurred = look();
    element.focus();
    const changed = focused.filter((color, index) => color.join() !== blurred[index]?.join());
    return Math.max(1, ...changed.map((color) => ratio(color, behind)));
  });
}

describe.each(themes)("in %s", (theme) => {
  test("CE-07 the keyboard's place can be seen wherever it is", async () => {
    canvas = await harness.open({ text }, { theme, width: 1500, height: 900 });
    const { page } = canvas;
    await canvas.stage("after").focus();
    await page.keyboard.press("p");
    await page.locator(".palette-field:focus").waitFor();
    const faint: string[] = [];
    const look = async (what: string): Promise<void> => {
      const contrast = await contrastOfFocus();
      if (contrast < 3) faint.push(`${what}: ${contrast.toFixed(2)}`);
    };
    // Keys, so that the browser shows it as for somebody who uses keys.
    await look("the palette's field");
    await page.keyboard.press("ArrowDown");
    await look("a category");
    await page.keyboard.press("ArrowDown");
    await look("a component");
    for (const [selector, what] of [
      ['.stage[data-stage="after"]', "a stage"],
      ['.stage[data-stage="each"]', "a container"],
      ['[data-note="$note:1"]', "a note"],
      ['[data-note="$group:1"]', "a group"],
      [".toolbar .tool", "a tool"],
      [".palette-heading .tool", "a button of the palette"],
      [".inspector-heading .tool", "a button of the inspector"],
      [".form-section-title", "a section of the form"],
      [".inspector [data-field]", "a field"],
    ] as const) {
      await page.locator(selector).first().focus();
      await look(what);
    }
    expect(faint).toEqual([]);
  });
});
