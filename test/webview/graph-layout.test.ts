import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePipeline } from "#core/pipeline";
import { MOST_AT_ONCE } from "../../webview/graph/graph-layout.ts";
import { emptyGraph, type GraphView, graphView, settledGraph } from "../../webview/graph/graph-view.ts";
import { withOthersHeld } from "../../webview/graph/hold-still.ts";
import { layOut } from "../../webview/graph/place.ts";
import { pipelineText, type WrittenStage } from "./pipelines.ts";

/** A chain, with what a test wants of one of its stages. */
function chain(length: number, special: Readonly<Record<string, Partial<WrittenStage>>> = {}) {
  const stages = Array.from({ length }, (_, i) => ({
    id: `s${i}`,
    depends_on: i === 0 ? [] : [`s${i - 1}`],
    ...special[`s${i}`],
  }));
  return parsePipeline(pipelineText(stages));
}

/** The view once all that it waits for is there. */
function settled(document: ReturnType<typeof parsePipeline>, view: GraphView): GraphView {
  const { plan } = view.layout;
  return settledGraph(document, view, { plan, fresh: layOut(plan) });
}

describe("CE-10 a graph with more boxes than are laid out at once", () => {
  const many = MOST_AT_ONCE + 1;
  const document = chain(many);
  const first = graphView(document, emptyGraph);
  const whole = settled(document, first);

  test("waits for its layout with nothing drawn, and then stands as laid out", () => {
    expect(first.layout.kind).toBe("awaited");
    expect([first.items.size, first.boxes.size, first.bounds]).toEqual([many, 0, null]);
    expect(whole.layout.kind).toBe("settled");
    expect(whole.boxes).toEqual(layOut(first.layout.plan));
    expect(whole.index.within({ x: 0, y: 0, width: 1, height: 1 }).size).toBeGreaterThan(0);
  });

  test("moves a stage without another layout, also while it waits for one", () => {
    const moved = chain(many, { s3: { position: { x: 7, y: 900 } } });
    const view = graphView(moved, whole);
    expect(view.layout).toBe(whole.layout);
    expect(view.boxes.get("s3")).toMatchObject({ x: 7, y: 900 });
    expect(view.boxes.get("s4")).toBe(whole.boxes.get("s4"));
    expect(graphView(moved, first).layout).toBe(first.layout);
    expect(settled(moved, graphView(moved, first)).boxes).toEqual(view.boxes);
  });

  test("keeps what it shows until a stage that has come is laid out with the others", () => {
    const longer = chain(many + 1, { s3: { position: { x: 7, y: 900 } } });
    const view = graphView(longer, whole);
    expect(view.layout.kind).toBe("awaited");
    expect([view.boxes.has(`s${many}`), view.boxes.get("s4")]).toEqual([false, whole.boxes.get("s4")]);
    expect(view.boxes.get("s3")).toMatchObject({ x: 7, y: 900 });
    expect([...withOthersHeld(view, new Map([["s5", { x: 1, y: 2 }]])).keys()]).toEqual(["s5"]);
    expect(settled(longer, view).boxes.has(`s${many}`)).toBe(true);
  });

  test("takes no layout of an earlier graph", () => {
    const longer = chain(many + 1);
    const view = graphView(longer, first);
    expect(settledGraph(longer, view, { plan: first.layout.plan, fresh: layOut(first.layout.plan) })).toBe(
      view,
    );
  });

  test("needs none where the file has a place for each stage", () => {
    const places = Object.fromEntries(
      Array.from({ length: many }, (_, i) => [`s${i}`, { position: { x: i * 300, y: 0 } }]),
    );
    expect(graphView(chain(many, places), emptyGraph).layout).toMatchObject({ kind: "settled", fresh: null });
  });
});

/** Versions of one file: its first stage comes and goes, routes get another name, stages get and lose places. */
const versions = fc
  .array(fc.record({ after: fc.nat(7), to: fc.nat(7) }), { minLength: 3, maxLength: 8 })
  .chain((stages) => {
    const place = fc.option(fc.nat(2_000), { freq: 1 });
    const version = fc
      .record({
        places: fc.array(place, { minLength: stages.length, maxLength: stages.length }),
        route: fc.constantFrom("no", "a longer name"),
        from: fc.nat(1),
      })
      .map(({ places, route, from }) => {
        const written = stages.map(({ after, to }, i): WrittenStage => {
          const routes = { [route]: [`s${Math.max(i + 1, to)}`] };
          const x = places[i] ?? null;
          return {
            id: `s${i}`,
            ...(after < i && { depends_on: [`s${after}`] }),
            ...(i % 2 === 0 && { component_type: "router", config: { value: "v", routes } }),
            ...(x !== null && { position: { x, y: x / 2 } }),
          };
        });
        return pipelineText(written.slice(from));
      });
    return fc.array(version, { minLength: 2, maxLength: 5 });
  });

test("CE-10 the same file has the same layout, whatever was shown before it", () => {
  fc.assert(
    fc.property(versions, (texts) => {
      let view = emptyGraph;
      for (const document of texts.map((text) => parsePipeline(text))) {
        view = graphView(document, view);
        expect(view.boxes).toEqual(graphView(document, emptyGraph).boxes);
      }
    }),
    { seed: 13, numRuns: 60 },
  );
});
