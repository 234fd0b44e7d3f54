import fc from "fast-check";
import { expect, test } from "vitest";
import { connectionCorners, connectionLine } from "#core/layout";

const place = fc.record({
  x: fc.integer({ min: -4000, max: 4000 }),
  y: fc.integer({ min: -4000, max: 4000 }),
});

test("the line of a connection begins and ends at its boxes, and is nowhere that its corners do not reach", () => {
  fc.assert(
    fc.property(place, place, (from, to) => {
      const { path, middle } = connectionLine(from, to);
      const corners = connectionCorners(from, to);
      const places = placesOf(path);
      expect(places[0]).toEqual(from);
      expect(places.at(-1)).toEqual(to);
      expect([corners[0], corners.at(-1)]).toEqual([from, to]);
      const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
      for (const { x, y } of [...places, middle]) {
        expect(x).toBeGreaterThanOrEqual(Math.min(...xs));
        expect(x).toBeLessThanOrEqual(Math.max(...xs));
        expect(y).toBeGreaterThanOrEqual(Math.min(...ys));
        expect(y).toBeLessThanOrEqual(Math.max(...ys));
      }
    }),
    { seed: 20261128, numRuns: 2000 },
  );
});

test("a line goes back between the rows of its boxes, and below them where they are in one", () => {
  // From the right of a box to the left of the one under it.
  expect(connectionLine({ x: 200, y: 0 }, { x: 0, y: 110 }).middle).toEqual({ x: 100, y: 55 });
  expect(connectionLine({ x: 200, y: 110 }, { x: 0, y: 0 }).middle).toEqual({ x: 100, y: 55 });
  expect(connectionLine({ x: 600, y: 0 }, { x: 0, y: 0 }).middle.y).toBeGreaterThan(32);
});

/** The places that a path names, whether they are on it or bend it. */
function placesOf(path: string): readonly { readonly x: number; readonly y: number }[] {
  const places: { x: number; y: number }[] = [];
  let [x, y] = [Number.NaN, Number.NaN];
  for (const [, command = "", text = ""] of path.matchAll(/([MCQHV])([^MCQHV]*)/g)) {
    const numbers = text.trim().split(/[ ,]+/).map(Number);
    if (command === "H") [x] = numbers as [number];
    else if (command === "V") [y] = numbers as [number];
    for (let at = 0; "MCQ".includes(command) && at < numbers.length; at += 2) {
      [x, y] = [numbers[at] ?? Number.NaN, numbers[at + 1] ?? Number.NaN];
      places.push({ x, y });
    }
    if ("HV".includes(command)) places.push({ x, y });
  }
  return places;
}
