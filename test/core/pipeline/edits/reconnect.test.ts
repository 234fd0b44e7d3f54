import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CanvasEdit, parsePipeline, pipelineGraph } from "#core/pipeline";
import { arbitraryPipeline } from "../../../support/arbitrary-pipeline.ts";
import { edited, followEdit, refusalOf } from "../../../support/edit-text.ts";
import { cases } from "../../../support/soak.ts";

function reconnect(from: string, to: string, end: "from" | "to", stage: string): CanvasEdit {
  return { kind: "reconnect", from, to, end, stage };
}

const file = `{
  "stages": [
    { "id": "a", "component_type": "generator" },
    { "id": "b", "component_type": "conditional", "config": { "true_branch_stages": ["c"] } },
    {
      "id": "c",
      "component_type": "logger",
      "depends_on": [
        "a", // first
        "b"
      ]
    },
    { "id": "d", "component_type": "logger", "depends_on": ["c"], "config": { "message": "{{ a.content }}" } },
    { "id": "e", "component_type": "logger" }
  ]
}
`;

describe("reconnect", () => {
  test("CE-02 the name changes in its place", () => {
    expect(edited(file, reconnect("a", "c", "from", "e"))).toBe(
      file.replace('"a", // first', '"e", // first'),
    );
    expect(edited(file, reconnect("c", "d", "to", "e"))).toBe(
      file
        .replace('"depends_on": ["c"]', '"depends_on": []')
        .replace(
          '"id": "e", "component_type": "logger"',
          '"id": "e", "component_type": "logger", "depends_on": ["c"]',
        ),
    );
  });

  test("CE-02 the end of a branch is another stage of that branch", () => {
    const text = edited(file, reconnect("b", "c", "to", "e"));
    expect(text).toContain('"true_branch_stages": ["e"]');
    expect(text).toContain('"id": "e", "component_type": "logger", "depends_on": ["b"]');
    expect(text).not.toMatch(/"a", \/\/ first\s+"b"/);
  });

  test("CE-12 a circle and what an expression reads are refused, with the reason", () => {
    expect(refusalOf(file, reconnect("a", "c", "from", "d"))).toBe(
      'This would close a circle: "c" → "d" → "c".',
    );
    expect(refusalOf(file, reconnect("a", "d", "from", "e"))).toContain("An expression");
    expect(refusalOf(file, reconnect("a", "e", "from", "c"))).toBe('"e" does not depend on "a".');
    expect(refusalOf(file, reconnect("a", "c", "from", "z"))).toBe('There is no stage "z" in this file.');
    const loops =
      '{"stages":[{"id":"l","component_type":"foreach","config":{"loop_stages":["m"]}},{"id":"m","component_type":"foreach","config":{"loop_stages":["s"]}},{"id":"s","component_type":"logger"}]}';
    expect(refusalOf(loops, reconnect("m", "s", "to", "l"))).toContain("Stages would wait for each other:");
    const body =
      '{"stages":[{"id":"l","component_type":"foreach","config":{"loop_stages":["a","b","c"]}},{"id":"a","component_type":"logger"},{"id":"b","component_type":"logger","depends_on":["a"]},{"id":"c","component_type":"logger","depends_on":["b"]}]}';
    expect(refusalOf(body, { kind: "disconnect", from: "l", to: "b" })).toContain("wait for each other:");
    const inside =
      '{"stages":{"c":{"component":"conditional","true_stages":["e"]},"l":{"component":"foreach","loop_stages":{"s":{"component":"logger"}}},"e":{"component":"logger"}}}';
    expect(refusalOf(inside, reconnect("c", "e", "to", "l/s"))).toBe(
      '"l/s" is written inside "l", where "c" is not. Take it out first.',
    );
  });
});

test("CE-02 after any reconnection one declared edge has another end, and no circle is there", () => {
  const stage = fc.constantFrom("a", "b", "c", "d", "e");
  let accepted = 0;
  fc.assert(
    fc.property(
      arbitraryPipeline,
      stage,
      stage,
      fc.constantFrom("from" as const, "to" as const),
      stage,
      ({ text }, from, to, end, other) => {
        const after = followEdit(text, reconnect(from, to, end, other));
        if (after === null) return;
        const declared = (document: typeof after): ReadonlySet<string> =>
          new Set(
            pipelineGraph(document)
              .edges.filter(({ kind }) => kind === "declared")
              .map((edge) => `${edge.from} > ${edge.to}`),
          );
        const was = new Set(declared(parsePipeline(text)));
        if (!was.has(`${from} > ${to}`)) return;
        accepted += 1;
        was.delete(`${from} > ${to}`);
        was.add(end === "from" ? `${other} > ${to}` : `${from} > ${other}`);
        expect(declared(after)).toEqual(was);
        if (pipelineGraph(parsePipeline(text)).cycles.length === 0)
          expect(pipelineGraph(after).cycles).toEqual([]);
      },
    ),
    { seed: 82, numRuns: cases(700, 10000) },
  );
  expect(accepted).toBeGreaterThan(15);
});
