import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyTextEdits, type PipelineGraph, parsePipeline, pipelineGraph, stageById } from "#core/pipeline";
import { arbitraryPipeline } from "../../support/arbitrary-pipeline.ts";
import { corpusFiles } from "../../support/corpus.ts";

interface PlainStage {
  readonly id: string;
  readonly [key: string]: unknown;
}

function graphOf(...stages: readonly PlainStage[]): PipelineGraph {
  return pipelineGraph(
    parsePipeline(
      JSON.stringify({ stages: stages.map((stage) => ({ component_type: "generator", ...stage })) }),
    ),
  );
}

function edgesOf(graph: PipelineGraph): readonly string[] {
  return graph.edges.map(({ from, to, kind }) => `${from} ${kind} ${to}`);
}

function ownersOf(graph: PipelineGraph): Readonly<Record<string, string | null>> {
  return Object.fromEntries(
    graph.nodes.map(({ stage, owner }) => [stage.id, owner === null ? null : `${owner.stage}.${owner.arm}`]),
  );
}

describe("edges", () => {
  test("depends_on is declared, once, and unknown ids make none", () => {
    const graph = graphOf({ id: "a" }, { id: "b", depends_on: ["a", "a", "nobody"] });
    expect(edgesOf(graph)).toEqual(["a declared b"]);
  });

  test("an expression that names a stage is an implicit one, wherever it is", () => {
    const graph = graphOf(
      { id: "a" },
      { id: "b", config: { prompt: "about {{upstream.a.content}}", deep: [{ x: "{{stages.a.y}}" }] } },
      { id: "c", input_mapping: { prompt: "{{b.output.content | upper}}" } },
      { id: "d", when: "upstream.c.ok and a.x > 1" },
      { id: "e", component_type: "conditional", config: { condition: "len(upstream.d.items) > 0" } },
      { id: "f", config: { prompt: "upstream.e.x is no template" } },
      { id: "g", depends_on: ["a"], config: { prompt: "{{upstream.a.content}}" } },
    );
    expect(edgesOf(graph)).toEqual([
      "a implicit b",
      "b implicit c",
      "c implicit d",
      "a implicit d",
      "d implicit e",
      "a declared g",
    ]);
  });

  test("names that a field or a comprehension has for itself are no stages", () => {
    const graph = graphOf(
      { id: "data" },
      { id: "item" },
      { id: "x" },
      { id: "t", component_type: "json_transform", config: { template: { n: "{{data.a}}" } } },
      { id: "f", component_type: "filter", config: { condition: "item.a > data.b" } },
      { id: "c", config: { prompt: "{{[x for x in input.list]}}" } },
      { id: "r", component_type: "router", config: { value: "{{item.kind}}", value_expression: "value" } },
    );
    expect(edgesOf(graph)).toEqual(["item implicit r"]);
  });

  test("callers say which fields are deferred", () => {
    const document = parsePipeline(
      '{"stages":[{"id":"a","type":"t"},{"id":"b","type":"own","config":{"test":"a.x == here"}},{"id":"here","type":"t"}]}',
    );
    const deferredFields = (): { test: { kind: "expression"; names: string[] } } => ({
      test: { kind: "expression", names: ["here"] },
    });
    expect(pipelineGraph(document).edges).toEqual([]);
    expect(edgesOf(pipelineGraph(document, { deferredFields }))).toEqual(["a implicit b"]);
  });

  test("a control stage has a branch to each stage of its arms", () => {
    const graph = graphOf(
      {
        id: "c",
        component_type: "conditional",
        config: { true_branch_stages: ["x"], false_branch_stages: ["y", "no"] },
      },
      { id: "x", depends_on: ["c"] },
      { id: "y" },
    );
    expect(edgesOf(graph)).toEqual(["c branch x", "c branch y", "c declared x"]);
    expect(ownersOf(graph)).toEqual({ c: null, x: null, y: null });
  });
});

describe("owners", () => {
  test("foreach and trycatch own theirs, and what a conditional among those enables is there too", () => {
    const graph = graphOf(
      { id: "l", component_type: "foreach", config: { items: [], loop_stages: ["t", "c"] } },
      { id: "t", component_type: "trycatch", config: { try_stages: ["r"], catch_stages: ["m"] } },
      { id: "r" },
      { id: "m" },
      { id: "c", component_type: "conditional", config: { true_branch_stages: ["d"] } },
      { id: "d", component_type: "conditional", config: { true_branch_stages: ["e"] } },
      { id: "e" },
    );
    expect(ownersOf(graph)).toEqual({
      l: null,
      t: "l.loop",
      r: "t.try",
      m: "t.catch",
      c: "l.loop",
      d: "l.loop",
      e: "l.loop",
    });
  });

  test("what is written inside a stage is inside it", () => {
    const text = JSON.stringify({
      stages: {
        c: { component: "conditional", true_stages: { x: { component: "logger" } } },
        l: { component: "foreach", loop_stages: { y: { component: "logger" } } },
      },
    });
    expect(ownersOf(pipelineGraph(parsePipeline(text)))).toEqual({
      c: null,
      "c/x": "c.true",
      l: null,
      "l/y": "l.loop",
    });
  });

  test("no stage is inside itself", () => {
    const graph = graphOf(
      { id: "a", component_type: "foreach", config: { loop_stages: ["b", "a"] } },
      { id: "b", component_type: "foreach", config: { loop_stages: ["a"] } },
    );
    expect(ownersOf(graph)).toEqual({ a: null, b: "a.loop" });
  });

  test("a body reads its owner without waiting for it, and its variables are no stages", () => {
    const graph = graphOf(
      { id: "l", component_type: "foreach", config: { items: [], loop_stages: ["b"], item_variable: "row" } },
      { id: "b", config: { prompt: "{{upstream.l.current_item}} {{row.x}} {{loop_index}}" } },
      { id: "row" },
      { id: "after", config: { prompt: "{{row.x}}" } },
    );
    expect(edgesOf(graph)).toEqual(["l branch b", "row implicit after"]);
  });
});

describe("order and cycles", () => {
  test("a cycle is told by its path, and the rest is ordered", () => {
    const graph = graphOf(
      { id: "z", depends_on: ["c"] },
      { id: "a", depends_on: ["c"] },
      { id: "b", depends_on: ["a"] },
      { id: "c", depends_on: ["b"] },
      { id: "s", depends_on: ["s"] },
    );
    expect(graph.cycles).toEqual([["a", "b", "c"], ["s"]]);
    expect(graph.order.toSorted()).toEqual(["a", "b", "c", "s", "z"]);
  });

  test("to wait for a body stage is to wait for its owner", () => {
    const graph = graphOf(
      { id: "after", depends_on: ["b"] },
      {
        id: "l",
        component_type: "foreach",
        config: { items: [], loop_stages: ["b"] },
        depends_on: ["first"],
      },
      { id: "b", depends_on: ["l"] },
      { id: "first" },
    );
    expect(graph.cycles).toEqual([]);
    expect(graph.order).toEqual(["first", "l", "b", "after"]);
  });

  test("a body that waits for what waits for its owner is a cycle", () => {
    const graph = graphOf(
      { id: "l", component_type: "foreach", config: { items: [], loop_stages: ["b"] } },
      { id: "b", depends_on: ["after"] },
      { id: "after", depends_on: ["l"] },
    );
    expect(graph.cycles.map((cycle) => cycle.toSorted())).toEqual([["after", "b", "l"]]);
  });

  test("pipelines without cycles are ordered so that each stage follows what it waits for", () => {
    fc.assert(
      fc.property(arbitraryPipeline, ({ text }) => {
        const document = parsePipeline(text);
        const graph = pipelineGraph(document);
        const ids = document.pipeline.stages.map(({ id }) => id);
        expect(graph.order.toSorted()).toEqual(ids.toSorted());
        if (graph.cycles.length > 0) return;
        const place = new Map(graph.order.map((id, index) => [id, index]));
        for (const { from, to } of graph.edges) expect(place.get(from) ?? 0).toBeLessThan(place.get(to) ?? 0);
      }),
      { seed: 41, numRuns: 300 },
    );
  });

  test("10,000 stages in a row, written backwards", () => {
    const count = 10_000;
    const graph = graphOf(
      ...Array.from({ length: count }, (_, index) => ({ id: `s${index}`, depends_on: [`s${index + 1}`] })),
    );
    expect(graph.order.at(-1)).toBe("s0");
    expect(graph.cycles).toEqual([]);
  });
});

test.each(corpusFiles())("$name has no cycle, and its map-dialect bodies their owners", ({ text }) => {
  const document = parsePipeline(text);
  const graph = pipelineGraph(document);
  expect(graph.cycles).toEqual([]);
  for (const { stage, owner } of graph.nodes) expect(owner?.stage ?? null).toBe(stage.nestedIn);
  expect(stageById(document, graph.order[0] ?? "")?.dependsOn ?? []).toEqual([]);
});

describe("from keystroke to keystroke", () => {
  test("the graph of a text read on is the graph of that text", () => {
    const snippets = [
      "",
      "x",
      '"a",',
      '"b"',
      "{{upstream.c.x}}",
      "{{item.x}}",
      '"depends_on":["a"],',
      '"id":"a"',
    ];
    fc.assert(
      fc.property(
        arbitraryPipeline,
        fc.array(fc.record({ at: fc.nat(9999), length: fc.nat(8), text: fc.constantFrom(...snippets) }), {
          maxLength: 8,
        }),
        ({ text }, shares) => {
          let document = parsePipeline(text);
          for (const { at, length, text: inserted } of shares) {
            const offset = Math.floor((at / 9999) * document.text.length);
            const edits = [
              { offset, length: Math.min(length, document.text.length - offset), text: inserted },
            ];
            document = parsePipeline(applyTextEdits(document.text, edits), document, edits);
            expect(pipelineGraph(document)).toEqual(pipelineGraph(parsePipeline(document.text)));
          }
        },
      ),
      { seed: 42, numRuns: 150 },
    );
  });

  test("edges are kept, the same object, when a change has nothing to do with them", () => {
    const text = JSON.stringify({
      stages: [
        { id: "a", type: "t" },
        { id: "b", type: "t", depends_on: ["a"], config: { prompt: "here" } },
      ],
    });
    const document = parsePipeline(text);
    const graph = pipelineGraph(document);
    const typed = [{ offset: text.indexOf("here"), length: 0, text: "x" }];
    const after = pipelineGraph(parsePipeline(applyTextEdits(text, typed), document, typed));
    expect(after.edges).toBe(graph.edges);
    expect(after.nodes[0]).toBe(graph.nodes[0]);
    expect(after.nodes[1]).not.toBe(graph.nodes[1]);
    const removed = [{ offset: text.indexOf('["a"]'), length: 5, text: "[]" }];
    expect(pipelineGraph(parsePipeline(applyTextEdits(text, removed), document, removed)).edges).toEqual([]);
  });
});
