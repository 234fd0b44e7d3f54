import { describe, expect, test } from "vitest";
import { checkPipeline } from "#core/checks";
import { parsePipeline, readingCode, valuePathAt } from "#core/pipeline";
import { createFlowElementFactory, visibleElements } from "../../webview/canvas/flow-elements.ts";
import { connectionRefusal } from "../../webview/graph/connection-rule.ts";
import { centreOn, firstView, fitView, isInView, viewAfterResize } from "../../webview/graph/fit-view.ts";
import { emptyGraph, graphView } from "../../webview/graph/graph-view.ts";
import { neighbour } from "../../webview/graph/neighbour.ts";
import { searchStages } from "../../webview/graph/search-stages.ts";
import { TYPE_MISMATCH } from "../../webview/graph/unfit-value.ts";
import { viewWindow } from "../../webview/graph/view-window.ts";
import { noSelection } from "../../webview/model/canvas-model.ts";
import { nestedStages, pipelineText, threeStages } from "./pipelines.ts";

const chain = parsePipeline(
  pipelineText(
    Array.from({ length: 200 }, (_, i) => ({
      id: `s${i}`,
      name: `Step ${i}`,
      depends_on: i === 0 ? [] : [`s${i - 1}`],
    })),
  ),
);
const chainGraph = graphView(chain, emptyGraph);

describe("what is drawn", () => {
  test("only the surroundings of the view are given to React Flow", () => {
    const range = viewWindow({ x: 0, y: 300, zoom: 1 }, 1200, 700);
    if (range === null) throw new Error("The pane has a size.");
    const { keys } = visibleElements(chainGraph, range, { boxes: [], wire: null });
    expect(keys.has("s0")).toBe(true);
    expect(keys.size).toBeLessThan(12);
  });

  test("a short pan needs nothing new", () => {
    expect(viewWindow({ x: -30, y: -30, zoom: 1 }, 800, 600)).toEqual(
      viewWindow({ x: -60, y: -90, zoom: 1 }, 800, 600),
    );
  });

  test("a wire across the view is drawn although both its ends are far away", () => {
    const graph = graphView(
      parsePipeline(
        pipelineText([
          { id: "a", position: { x: 0, y: 0 } },
          { id: "b", position: { x: 20_000, y: 0 }, depends_on: ["a"] },
        ]),
      ),
      emptyGraph,
    );
    const part = { x: 10_000, y: 0, width: 100, height: 100 };
    const { keys, wires } = visibleElements(graph, part, { boxes: [], wire: null });
    expect(wires.map(({ from, to }) => [from, to])).toEqual([["a", "b"]]);
    expect([...keys]).toEqual([]);
    const [wire = null] = graph.wires.keys();
    expect([...visibleElements(graph, part, { boxes: [], wire }).keys]).toEqual(["a", "b"]);
  });

  test("a place beyond all measure is none", () => {
    const places = [
      { id: "a", position: { x: 0, y: 0 } },
      { id: "b", position: { x: 1e12, y: -1e300 }, depends_on: ["a"] },
    ];
    const document = parsePipeline(pipelineText(places));
    expect(document.problems.map(({ code }) => code)).toEqual([readingCode.invalidPosition]);
    expect(graphView(document, emptyGraph).boxes.get("b")?.x).toBeLessThan(1_000_000);
  });

  test("a stage comes with what holds it, the holder first; the keyboard's place is always there", () => {
    const graph = graphView(parsePipeline(nestedStages), emptyGraph);
    const { keys } = visibleElements(graph, null, { boxes: ["each%2Fguard%2Fsave"], wire: null });
    expect([...keys]).toEqual(["each", "each%2Fguard", "each%2Fguard@try", "each%2Fguard%2Fsave"]);
  });

  test("a selection changes only the elements it is about", () => {
    const { build } = createFlowElementFactory();
    const visible = visibleElements(
      chainGraph,
      { x: 0, y: -4000, width: 1500, height: 8000 },
      { boxes: [], wire: null },
    );
    const before = build(chainGraph, visible, noSelection, new Map());
    const after = build(chainGraph, visible, { stages: new Set(["s1"]), wire: null }, new Map());
    const changed = after.nodes.filter((node, index) => node !== before.nodes[index]);
    expect(changed.map(({ id }) => id)).toEqual(["s1"]);
    expect(after.edges.every((edge, index) => edge === before.edges[index])).toBe(true);
  });
});

describe("the view", () => {
  const bounds = { x: 100, y: 50, width: 800, height: 400 };

  test("fitting shows all of it, in the middle, never larger than life", () => {
    expect(fitView(bounds, 2000, 1000)).toEqual({ x: 500, y: 250, zoom: 1 });
    expect(isInView(bounds, fitView(bounds, 500, 500), 500, 500)).toBe(true);
  });

  test("a graph too large to read as a whole begins at its beginning", () => {
    const view = firstView({ x: 0, y: 0, width: 50_000, height: 400 }, 1200, 700);
    expect(view.zoom).toBe(0.8);
    expect(view.x).toBeGreaterThan(0);
  });

  test("what is shown first can be read: names are at least 8 pixels high", () => {
    const nameHeight = 13;
    for (let width = 300; width < 4000; width += 50) {
      const view = firstView({ x: 0, y: 0, width, height: 200 }, 740, 760);
      expect(view.zoom * nameHeight, `a graph ${width} wide`).toBeGreaterThanOrEqual(7.8);
    }
  });

  test("centring brings a box into view", () => {
    const box = { x: 5000, y: 5000, width: 208, height: 64 };
    expect(isInView(box, centreOn(box, 800, 600, 1), 800, 600)).toBe(true);
  });

  describe("when the pane gets another size", () => {
    const large = { width: 1200, height: 800 };
    const low = { width: 1200, height: 420 };

    test("a whole graph stays whole, and is as large as before when there is room again", () => {
      const first = fitView(bounds, large.width, large.height);
      const second = viewAfterResize(first, bounds, large, low);
      expect(isInView(bounds, second, low.width, low.height)).toBe(true);
      expect(viewAfterResize(second, bounds, low, large)).toEqual(first);
    });

    describe("a graph wider than the pane", () => {
      const wide = { x: 0, y: 0, width: 2400, height: 100 };
      const narrow = { width: 900, height: 800 };
      const first = firstView(wide, large.width, large.height);

      test("begins where it began when a panel opens beside it and closes again", () => {
        const beside = viewAfterResize(first, wide, large, narrow);
        expect(beside).toEqual(first);
        expect(viewAfterResize(beside, wide, narrow, large)).toEqual(first);
      });

      test("keeps the end that was in view, after a pan too", () => {
        const panned = { ...first, x: first.x + 60 };
        expect(viewAfterResize(panned, wide, large, narrow).x).toBe(first.x);
        expect(viewAfterResize(panned, wide, narrow, large).x).toBe(panned.x);
        const atEnd = { ...first, x: large.width - 40 - wide.width * first.zoom };
        expect(viewAfterResize(atEnd, wide, large, narrow).x).toBe(atEnd.x - 300 + 8);
      });

      test("is still seen whole by whoever asked for all of it", () => {
        const all = fitView(wide, large.width, large.height);
        const beside = viewAfterResize(all, wide, large, narrow);
        expect(isInView(wide, beside, narrow.width, narrow.height)).toBe(true);
      });
    });

    test("what was in the middle stays there when only a part was in view", () => {
      const part = centreOn({ x: 100, y: 50, width: 180, height: 64 }, large.width, large.height, 2);
      const moved = { x: part.x, y: part.y - 190, zoom: 2 };
      expect(viewAfterResize(part, bounds, large, low)).toEqual(moved);
    });
  });
});

describe("going from stage to stage", () => {
  const graph = graphView(parsePipeline(threeStages), emptyGraph);

  test("arrow keys go to the nearest stage that way, and stay at the border", () => {
    expect(neighbour(graph, "fetch", "right")).toBe("shape");
    expect(neighbour(graph, "shape", "left")).toBe("fetch");
    expect(neighbour(graph, "fetch", "left")).toBeNull();
  });

  test("searching finds names, ids and types; names that begin with the words come first", () => {
    const found = (query: string): readonly string[] => {
      const stages = [...graph.items.values()].filter((item) => item.kind === "stage");
      return searchStages(stages, query).map(({ key }) => key);
    };
    expect(found("")).toEqual(["fetch", "shape", "tell"]);
    expect(found("http")).toEqual(["fetch"]);
    expect(found("T")).toEqual(["tell", "fetch", "shape"]);
    expect(found("shape json")).toEqual(["shape"]);
    expect(found("nothing")).toEqual([]);
  });
});

describe("connections that are refused, with the reason", () => {
  const document = parsePipeline(threeStages);
  const graph = graphView(document, emptyGraph);
  const nested = parsePipeline(nestedStages);
  const nestedGraph = graphView(nested, emptyGraph);

  test.each([
    ["fetch", "fetch", "A stage cannot depend on itself."],
    ["fetch", "shape", "“Shape it” depends on “fetch” already."],
    ["tell", "fetch", "“tell” depends on “fetch”: this would close a circle."],
  ])("%s to %s", (from, to, reason) => {
    expect(connectionRefusal({ graph, drawn: document, problems: [] }, from, to)).toBe(reason);
  });

  test("a loop and its own stage", () => {
    expect(
      connectionRefusal({ graph: nestedGraph, drawn: nested, problems: [] }, "each", "each%2Fenrich"),
    ).toBe("“enrich” runs inside “each”.");
  });

  test("CE-12 a stage inside a loop and one outside of it, with what to connect instead", () => {
    const ground = { graph: nestedGraph, drawn: nested, problems: [] };
    expect(connectionRefusal(ground, "each%2Fenrich", "report")).toBe(
      '"each/enrich" runs inside "each". Connect "report" to "each" instead.',
    );
  });

  test("CE-12 a stage that reads a value which its input cannot take, as the checks find and say it", () => {
    const unfit = parsePipeline(
      pipelineText([
        { id: "parts", component_type: "json_transform", config: { data: 1, jmespath_expression: "a" } },
        { id: "web", component_type: "http_request", config: { url: "https://example.com" } },
        {
          id: "hurry",
          component_type: "http_request",
          config: { url: "u", timeout: "{{ upstream.web.headers }}" },
        },
      ]),
    );
    const problems = checkPipeline(unfit).problems.filter(({ code }) => code === TYPE_MISMATCH);
    expect(problems).toHaveLength(1);
    const told = problems.map(({ message, span }) => {
      const { stage, path, literal } = valuePathAt(unfit, span.start);
      const start = literal?.start ?? 0;
      return {
        stage,
        severity: "error" as const,
        code: TYPE_MISMATCH,
        message,
        line0: 0,
        path,
        within: { from: span.start - start, to: span.end - start },
      };
    });
    const ground = { graph: graphView(unfit, emptyGraph), drawn: unfit, problems: told };
    expect(connectionRefusal(ground, "web", "hurry")).toBe(
      'What “hurry” reads of “web” does not fit: "timeout" takes a number, and this is an object, so the stage would fail.',
    );
    expect(connectionRefusal(ground, "parts", "hurry")).toBeNull();
    expect(connectionRefusal({ ...ground, problems: [] }, "web", "hurry")).toBeNull();
  });

  test("two stages that nothing speaks against may be connected", () => {
    expect(connectionRefusal({ graph, drawn: document, problems: [] }, "fetch", "tell")).toBeNull();
  });
});
