import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CanvasEdit, type PipelineDocument, parsePipeline, pipelineGraph } from "#core/pipeline";
import { arbitraryPipeline } from "../../../support/arbitrary-pipeline.ts";
import { edited, followEdit, refusalOf } from "../../../support/edit-text.ts";
import { cases } from "../../../support/soak.ts";

function into(owner: string, arm: string, ...stages: readonly string[]): CanvasEdit {
  return { kind: "move-into", stages, owner, arm };
}

function out(...stages: readonly string[]): CanvasEdit {
  return { kind: "take-out", stages };
}

const flat = `{
  "stages": [
    { "id": "loop", "component_type": "foreach", "config": { "items": [], "loop_stages": ["a", "b"] } },
    { "id": "a", "component_type": "logger" },
    { "id": "b", "component_type": "logger", "config": { "message": "{{ item }}" } },
    { "id": "c", "component_type": "logger" },
    { "id": "d", "component_type": "logger", "depends_on": ["c"] },
    { "id": "check", "component_type": "conditional", "config": { "condition": true, "true_branch_stages": ["c"], "false_branch_stages": [] } }
  ]
}
`;

const mapped = `{
  "stages": {
    "t": {
      "component": "trycatch",
      "try_stages": {
        "x": {
          "component": "logger" // says x
        },
        "y": { "component": "logger", "depends_on": ["x"] }
      }
    },
    "z": {
      "component": "logger", // says z
      "depends_on": ["w"]
    },
    "w": { "component": "logger" },
    "end": { "component": "logger", "depends_on": ["z", "t"] }
  },
  "layout": {
    "t/x": { "x": 1, "y": 1 },
    "z": { "x": 2, "y": 2 }
  }
}
`;

describe("lists of ids", () => {
  test("CE-02 a stage is put in the list, and out of the one it was in", () => {
    expect(edited(flat, into("loop", "loop", "d"))).toBe(flat.replace('["a", "b"]', '["a", "b", "d"]'));
    expect(edited(flat, out("a"))).toBe(flat.replace('["a", "b"]', '["b"]'));
    expect(edited(flat, into("check", "false", "c"))).toBe(
      flat.replace('["c"], "false_branch_stages": []', '[], "false_branch_stages": ["c"]'),
    );
    expect(edited(flat, into("loop", "loop", "a"))).toBe(flat);
    expect(edited(edited(flat, into("loop", "loop", "d")), out("d"))).toBe(flat);
  });

  test("CE-12 what would not run, or not read what it read, is refused with the reason", () => {
    expect(refusalOf(flat, out("b"))).toBe(
      '"b" reads "item", which it could not from there. Change its expression first.',
    );
    expect(refusalOf(flat, out("d"))).toBe('"d" is in no body and no branch.');
    expect(refusalOf(flat, into("a", "loop", "c"))).toBe('"a" is a logger and has no arm "loop".');
    expect(refusalOf(flat, into("loop", "loop", "loop"))).toContain("or inside it");
    const waiting = flat.replace('"foreach",', '"foreach", "depends_on": ["c"],');
    expect(refusalOf(waiting, into("loop", "loop", "c"))).toContain("Stages would wait for each other");
  });
});

describe("stages written inside others", () => {
  test("CE-02 a stage moves in as it is written, and what waited for it waits for the owner", () => {
    expect(edited(mapped, into("t", "try", "z"))).toBe(
      mapped
        .replace(
          '    "z": {\n      "component": "logger", // says z\n      "depends_on": ["w"]\n    },\n',
          "",
        )
        .replace(
          '"depends_on": ["x"] }\n',
          '"depends_on": ["x"] },\n        "z": {\n          "component": "logger", // says z\n          "depends_on": ["w"]\n        }\n',
        )
        .replace('["z", "t"]', '["t"]')
        .replace('"z": { "x": 2', '"t/z": { "x": 2'),
    );
    const waiting = mapped.replace(
      '"component": "trycatch",',
      '"component": "trycatch", "depends_on": ["w"],',
    );
    expect(edited(waiting, into("t", "try", "w"))).toContain('"component": "trycatch", "depends_on": [],');
    expect(edited(mapped, into("t", "catch", "z"))).toContain('"catch_stages": {\n        "z": {\n');
  });

  test("CE-02 what waits for a stage that moves two bodies deep waits for the outer owner, which it can see", () => {
    const deep =
      '{"stages":{"t":{"component":"trycatch","try_stages":{"l":{"component":"foreach","loop_stages":{"s":{"component":"logger"}}},"n":{"component":"logger","depends_on":["l"]}}},"w":{"component":"logger"},"e":{"component":"logger","depends_on":["w"]}}}';
    const text = edited(deep, into("t/l", "loop", "w"));
    expect(text).toContain('"e":{"component":"logger","depends_on":["t"]}');
  });

  test("CE-02 a group keeps what is inside a stage that moves", () => {
    const text = mapped.replace(
      '"z": { "x": 2',
      '"$group:1": { "stages": ["t", "t/x"] },\n    "z": { "x": 2',
    );
    const around = text.replace('"w": {', '"l": { "component": "foreach" },\n    "w": {');
    expect(edited(around, into("l", "loop", "t"))).toContain('"stages": ["l/t", "l/t/x"]');
  });

  test("CE-02 and out again beside the owner", () => {
    const text = edited(mapped, out("t/x"));
    expect(text).toBe(
      mapped
        .replace('        "x": {\n          "component": "logger" // says x\n        },\n', "")
        .replace(
          '    "z": {\n      "comp',
          '    "x": {\n      "component": "logger" // says x\n    },\n    "z": {\n      "comp',
        )
        .replace('"t/x": {', '"x": {'),
    );
    expect(edited(mapped, out("t/y"))).toContain('"y": { "component": "logger", "depends_on": ["t"] }');
  });

  test("CE-12 what outside reads of it is no reason to lose it", () => {
    const read = mapped.replace(
      '"w": { "component": "logger" }',
      '"w": { "component": "logger", "config": { "message": "{{ stages.q.n }}" } },\n    "q": { "component": "logger" }',
    );
    expect(refusalOf(read, into("t", "try", "q"))).toBe(
      '"w" reads "stages.q.n", which it could not from there. Change its expression first.',
    );
    expect(
      refusalOf(mapped.replace('"w":', '"y":').replace('["w"]', '["y"]'), into("t", "try", "y")),
    ).toContain('a stage "y" inside "t" already');
  });
});

/** The owner of each stage, by the names without paths, and what it says without what it waits for. */
function sayingsOf({ pipeline }: PipelineDocument): ReadonlyMap<string, string> {
  return new Map(
    pipeline.stages.map(({ id, componentType, name, position, config }) => [
      id.split("/").at(-1) ?? "",
      JSON.stringify([
        componentType,
        name?.value,
        position?.value,
        config.filter(({ key }) => key !== "loop_stages").map(({ key }) => key),
      ]),
    ]),
  );
}

function ownersOf(document: PipelineDocument): ReadonlyMap<string, string | null> {
  const own = (id: string | null | undefined): string | null => id?.split("/").at(-1) ?? null;
  return new Map(
    pipelineGraph(document).nodes.map(({ stage, owner }) => [own(stage.id) ?? "", own(owner?.stage)]),
  );
}

test("CE-02 after any move in or out, the moved stage is where it should be and all others where they were", () => {
  const stage = fc.constantFrom("a", "c", "d", "e", "f", "b/inner", "b/last");
  let accepted = 0;
  fc.assert(
    fc.property(arbitraryPipeline, stage, fc.boolean(), ({ text }, id, isIn) => {
      const after = followEdit(text, isIn ? into("b", "loop", id) : out(id));
      if (after === null || after.text === text) return;
      const before = parsePipeline(text);
      accepted += 1;
      const own = id.split("/").at(-1) ?? "";
      expect(sayingsOf(after)).toEqual(sayingsOf(before));
      expect(new Map([...ownersOf(before), [own, isIn ? "b" : null]])).toEqual(ownersOf(after));
      if (pipelineGraph(before).cycles.length === 0) expect(pipelineGraph(after).cycles).toEqual([]);
      const known = after.pipeline.stages.flatMap(({ dependsOn }) => dependsOn.map(({ value }) => value));
      expect(known.filter((each) => !after.tree.identities.byId.has(each))).toEqual([]);
    }),
    { seed: 111, numRuns: cases(500, 3000) },
  );
  expect(accepted).toBeGreaterThan(30);
});

function drop(to: readonly [string, string] | null, ...stages: readonly string[]): CanvasEdit {
  const moves = stages.map((stage, index) => ({ stage, x: 10, y: 20 + index * 100 }));
  return { kind: "drop-stages", stages, into: to === null ? null : { owner: to[0], arm: to[1] }, moves };
}

describe("let go elsewhere", () => {
  test("CE-02 with its place, in one edit, into an arm and out of all again", () => {
    const text = edited(mapped, drop(["t", "try"], "z"));
    expect(text).toContain('"t/z": { "x": 10, "y": 20 }');
    expect(text).toContain('"end": { "component": "logger", "depends_on": ["t"] }');
    const back = edited(text, drop(null, "t/z"));
    expect(back).toContain('    "z": {\n      "component": "logger", // says z');
    expect(back).toContain('"z": { "x": 10, "y": 20 }');
    expect(edited(flat, drop(["check", "false"], "d"))).toContain('"false_branch_stages": ["d"]');
  });

  test("CE-02 from one body into another that is beside, inside or around it", () => {
    const deep =
      '{"stages":{"a":{"component":"foreach","loop_stages":{"s":{"component":"logger"},"r":{"component":"logger","depends_on":["s"]},"in":{"component":"trycatch","try_stages":{"x":{"component":"logger"}}}}},"b":{"component":"foreach","loop_stages":{"y":{"component":"logger"}}}}}';
    const beside = parsePipeline(edited(deep, drop(["b", "loop"], "a/s")));
    expect(beside.pipeline.stages.map(({ id }) => id)).toEqual([
      "a",
      "a/r",
      "a/in",
      "a/in/x",
      "b",
      "b/y",
      "b/s",
    ]);
    // What it was waited for in there, the other body is waited for now.
    expect(beside.pipeline.stages[1]?.dependsOn.map(({ value }) => value)).toEqual(["b"]);
    const inside = parsePipeline(edited(deep, drop(["a/in", "catch"], "a/s")));
    expect(inside.pipeline.stages.map(({ id }) => id)).toContain("a/in/s");
    const around = parsePipeline(edited(deep, drop(["a", "loop"], "a/in/x")));
    expect(around.pipeline.stages.map(({ id }) => id)).toContain("a/x");
    const far = parsePipeline(edited(deep, drop(null, "a/in/x")));
    expect(far.pipeline.stages.map(({ id }) => id)).toContain("x");
  });

  test("CE-12 what cannot be is refused with the reason, from however far", () => {
    expect(refusalOf(flat, drop(null, "b"))).toContain('"b" reads "item"');
    expect(refusalOf(mapped, drop(["t", "try"], "t"))).toBe('"t" is "t" or inside it.');
    expect(refusalOf(mapped, drop(["w", "loop"], "z"))).toBe('"w" is a logger and has no arm "loop".');
  });
});
