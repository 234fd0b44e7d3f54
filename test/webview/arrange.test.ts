import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Box, Point } from "#core/layout";
import { applyTextEdits, editPipeline, parsePipeline } from "#core/pipeline";
import { type Alignment, alignBoxes } from "../../webview/graph/align.ts";
import { distributeBoxes } from "../../webview/graph/distribute.ts";
import { emptyGraph, type GraphView, graphView } from "../../webview/graph/graph-view.ts";
import { layOut } from "../../webview/graph/place.ts";
import { type Tidying, tidyGraph, tidyStages } from "../../webview/graph/tidy.ts";
import { nestedStages, pipelineText } from "./pipelines.ts";

const box = fc.record({
  x: fc.integer({ min: -2000, max: 2000 }),
  y: fc.integer({ min: -2000, max: 2000 }),
  width: fc.integer({ min: 10, max: 400 }),
  height: fc.integer({ min: 10, max: 400 }),
});
const boxes = fc
  .array(box, { minLength: 2, maxLength: 8 })
  .map((list) => new Map(list.map((each, index) => [`s${index}`, each])));

/** Where the stages come to stand. */
function tidyPlaces(...tidyings: readonly Tidying[]): ReadonlyMap<string, Point> {
  return new Map(tidyings.flatMap(({ plan, placesIn }) => [...placesIn(layOut(plan))]));
}

const view = (text: string): GraphView => graphView(parsePipeline(text), emptyGraph);

/** The boxes after they have gone to their places. */
function moved(before: ReadonlyMap<string, Box>, places: ReadonlyMap<string, Point>): readonly Box[] {
  return [...before].map(([key, each]) => ({ ...each, ...places.get(key) }));
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** What the text is once stages have gone to their places, in one edit. */
function written(text: string, places: ReadonlyMap<string, Point>): string {
  const { items } = view(text);
  const moves = [...places].flatMap(([key, { x, y }]) => {
    const item = items.get(key);
    return item?.kind === "stage" ? [{ stage: item.card.id, x, y }] : [];
  });
  const result = editPipeline(parsePipeline(text), { kind: "move-stages", moves });
  if (!result.ok) throw new Error(result.message);
  return applyTextEdits(text, result.edits);
}

describe("aligning", () => {
  const edges: Readonly<Record<Alignment, (box: Box) => number>> = {
    left: ({ x }) => x,
    centre: ({ x, width }) => x + width / 2,
    right: ({ x, width }) => x + width,
    top: ({ y }) => y,
    middle: ({ y, height }) => y + height / 2,
    bottom: ({ y, height }) => y + height,
  };

  test.each(Object.entries(edges))(
    "CE-08 %s: the edges are one, and nothing lies on another",
    (name, edge) => {
      const alignment = name as Alignment;
      fc.assert(
        fc.property(boxes, (before) => {
          const after = moved(before, alignBoxes(before, alignment));
          const at = after.map(edge);
          expect(Math.max(...at) - Math.min(...at)).toBeLessThanOrEqual(1);
          after.forEach((each, index) => {
            for (const other of after.slice(index + 1)) expect(overlap(each, other)).toBe(false);
          });
        }),
        { seed: 8, numRuns: 60 },
      );
    },
  );

  test("CE-08 left: each goes to the leftmost one, and stays at its height where there is room", () => {
    const before = new Map([
      ["a", { x: 300, y: 0, width: 180, height: 64 }],
      ["b", { x: 40, y: 200, width: 180, height: 64 }],
    ]);
    expect(Object.fromEntries(alignBoxes(before, "left"))).toEqual({
      a: { x: 40, y: 0 },
      b: { x: 40, y: 200 },
    });
  });
});

describe("distributing", () => {
  test.each(["horizontally", "vertically"] as const)(
    "CE-08 %s: the ends stay, the spaces are one",
    (direction) => {
      const [at, length] =
        direction === "horizontally" ? (["x", "width"] as const) : (["y", "height"] as const);
      const row = fc.array(box, { minLength: 3, maxLength: 8 }).map((list) => {
        let free = 0;
        return list.map((each) => {
          const start = free;
          free += each[length] + (Math.abs(each[at]) % 300);
          return { ...each, [at]: start };
        });
      });
      fc.assert(
        fc.property(row, (list) => {
          const before = new Map(list.map((each, index) => [`s${index}`, each]));
          const after = moved(before, distributeBoxes(before, direction));
          expect(after[0]).toEqual(list[0]);
          expect(after.at(-1)).toEqual(list.at(-1));
          const gaps = after
            .slice(1)
            .map((each, index) => each[at] - (after[index]?.[at] ?? 0) - (after[index]?.[length] ?? 0));
          expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
        }),
        { seed: 9, numRuns: 60 },
      );
    },
  );
});

describe("tidying", () => {
  const scattered = pipelineText(
    ["a", "b", "c", "d"].map((id, index) => ({
      id,
      depends_on: index === 0 ? [] : ["a"],
      ...(index < 3 && { position: { x: 900 - 317 * index, y: 77 * index } }),
    })),
  );

  test("CE-10 all: a graph arranged by hand stands as one that nobody arranged, and again the same", () => {
    const bare = JSON.parse(scattered) as { stages: { position?: unknown }[] };
    for (const stage of bare.stages) delete stage.position;
    const tidy = written(scattered, tidyPlaces(tidyGraph(view(scattered))));
    expect(view(tidy).boxes).toEqual(view(JSON.stringify(bare)).boxes);
    expect(written(tidy, tidyPlaces(tidyGraph(view(tidy))))).toBe(tidy);
  });

  test("CE-10 all: what is inside others is tidy too", () => {
    const key = "each%2Fguard%2Fsave";
    const pulled = written(nestedStages, new Map([[key, { x: 3000, y: 900 }]]));
    expect(view(pulled).boxes).not.toEqual(view(nestedStages).boxes);
    expect(view(written(pulled, tidyPlaces(tidyGraph(view(pulled))))).boxes).toEqual(
      view(nestedStages).boxes,
    );
  });

  test("CE-10 several: their corner stays, and so does what was not chosen", () => {
    const graph = view(scattered);
    const tidied = tidyPlaces(...tidyStages(graph, ["b", "c"]));
    expect([...tidied.keys()].sort()).toEqual(["b", "c"]);
    const [b, c] = [graph.boxes.get("b"), graph.boxes.get("c")];
    const all = [...tidied.values()];
    expect(Math.min(...all.map(({ x }) => x))).toBe(Math.min(b?.x ?? 0, c?.x ?? 0));
    expect(Math.min(...all.map(({ y }) => y))).toBe(Math.min(b?.y ?? 0, c?.y ?? 0));
    expect(new Set(all.map(({ x }) => x)).size).toBe(1);
  });
});
