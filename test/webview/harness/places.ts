import type { Locator } from "playwright-core";

/** In pixels of the page. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The middle of an element once it has come to rest: a click where it was a moment ago would miss it. */
export async function middleOf(locator: Locator): Promise<Place> {
  return await atRest(locator, (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });
}

/** The middle of a drawn line, along it, once it has come to rest. */
export async function middleOfLine(locator: Locator): Promise<Place> {
  return await atRest(locator, (element) => {
    if (!(element instanceof SVGPathElement)) throw new Error("A line is a path.");
    const middle = element.getPointAtLength(element.getTotalLength() / 2);
    const { x, y } = middle.matrixTransform(element.getScreenCTM() ?? undefined);
    return { x, y };
  });
}

/** What `placeOf` says once it says the same two frames later. */
async function atRest(
  locator: Locator,
  placeOf: (element: HTMLElement | SVGElement) => Place,
): Promise<Place> {
  let before: Place | undefined;
  for (;;) {
    const place = await locator.evaluate(placeOf);
    if (before !== undefined && place.x === before.x && place.y === before.y) return place;
    before = place;
    await locator.page().evaluate(twoFrames);
  }
}

function twoFrames(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}
