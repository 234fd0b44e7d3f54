import { describe, expect, test } from "vitest";
import { svgStyle } from "../../../core/drawing/svg-style.ts";

type Colour = readonly [number, number, number];

const [light = "", dark = ""] = svgStyle.split("@media (prefers-color-scheme: dark) {");
const rules = { light: [light], dark: [light, dark] };

/** What a property of a selector is in the end: what comes later counts. */
function valueOf(texts: readonly string[], selector: string, property: string): string {
  const found = texts.flatMap((text) =>
    text.split("\n").flatMap((line) => {
      if (!line.startsWith(`${selector} {`)) return [];
      return new RegExp(`[{;] ${property}: ([^;]+);`).exec(line)?.[1] ?? [];
    }),
  );
  return found.at(-1) ?? "";
}

function colour(hex: string): Colour {
  expect(hex).toMatch(/^#[0-9a-f]{6}$/);
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour;
}

/** As WCAG 2 has it. */
function contrast(one: Colour, other: Colour): number {
  const luminance = (rgb: Colour): number => {
    const [r = 0, g = 0, b = 0] = rgb.map((part) => {
      const share = part / 255;
      return share <= 0.039_28 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dim = 0, bright = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

function over(above: Colour, share: number, below: Colour): Colour {
  return above.map((part, at) => share * part + (1 - share) * (below[at] ?? 0)) as unknown as Colour;
}

describe.each(["light", "dark"] as const)("on a %s page", (page) => {
  const value = (selector: string, property: string): string => valueOf(rules[page], selector, property);
  const fill = colour(value(".container > rect", "fill"));
  const share = Number(value(".container > rect", "fill-opacity"));
  const backgrounds: Colour[] = [colour(value(".page", "fill"))];
  for (let depth = 0; depth < 6; depth++) backgrounds.push(over(fill, share, backgrounds.at(-1) ?? fill));
  const stage = colour(value(".stage > rect", "fill"));

  test.each([
    ["text", "fill", 4.5],
    ["text.name", "fill", 4.5],
    [".group > rect", "stroke", 3],
    [".note > rect", "stroke", 3],
    [".edge", "stroke", 3],
    [".head", "fill", 3],
    [".stage > rect", "stroke", 3],
    [".container > rect", "stroke", 3],
    [".succeeded > rect", "stroke", 3],
    [".failed > rect", "stroke", 3],
    [".running > rect", "stroke", 3],
    [".cancelled > rect", "stroke", 3],
  ])("%s stands out", (selector, property, least) => {
    const shown = colour(value(selector, property));
    for (const background of [...backgrounds, stage])
      expect(contrast(shown, background)).toBeGreaterThanOrEqual(least);
  });

  test("the text of a note stands out on it", () => {
    const text = colour(value(".note > text", "fill"));
    expect(contrast(text, colour(value(".note > rect", "fill")))).toBeGreaterThanOrEqual(4.5);
  });
});
