import { describe, expect, test } from "vitest";
import { parsePipeline } from "#core/pipeline";
import { emptyGraph, type GraphView, graphView } from "../../webview/graph/graph-view.ts";
import { withOthersHeld } from "../../webview/graph/hold-still.ts";
import { nestedStages, pipelineText } from "./pipelines.ts";

function chain(length: number, placed: number): GraphView {
  const stages = Array.from({ length }, (_, i) => ({
    id: `s${i}`,
    depends_on: i === 0 ? [] : [`s${i - 1}`],
    ...(i < placed && { position: { x: 1_000 + 280 * i, y: 500 } }),
  }));
  return graphView(parsePipeline(pipelineText(stages)), emptyGraph);
}

function held(graph: GraphView, key: string): Record<string, unknown> {
  return Object.fromEntries(withOthersHeld(graph, new Map([[key, { x: 5_000, y: 5_000 }]])));
}

const moved = { x: 5_000, y: 5_000 };

describe("what is written when one stage is moved", () => {
  test("CE-11 its place alone, where few or all stages have one", () => {
    expect(held(chain(10, 0), "s4")).toEqual({ s4: moved });
    expect(held(chain(10, 4), "s9")).toEqual({ s9: moved });
    expect(held(chain(10, 10), "s4")).toEqual({ s4: moved });
  });

  test("also the place of a stage that stood beside it without one", () => {
    const graph = chain(10, 9);
    const beside = graph.boxes.get("s9");
    expect(held(graph, "s8")).toEqual({ s8: moved, s9: { x: beside?.x, y: beside?.y } });
    expect(held(graph, "s0")).toEqual({ s0: moved });
  });

  test("also the places of those that would join the others now that so many have one", () => {
    const graph = chain(8, 5);
    const places = Object.fromEntries(
      ["s6", "s7"].map((key) => [key, { x: graph.boxes.get(key)?.x, y: graph.boxes.get(key)?.y }]),
    );
    expect(held(graph, "s5")).toEqual({ s5: moved, ...places });
  });

  test("a container carries what it holds, and an arm that grows pushes the next one", () => {
    const graph = graphView(parsePipeline(nestedStages), emptyGraph);
    expect(held(graph, "each")).toEqual({ each: moved });
    expect(held(graph, "each%2Fguard%2Fsave")).toEqual({ "each%2Fguard%2Fsave": moved });
  });
});
