import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CanvasEdit, documentToJson, parsePipeline } from "#core/pipeline";
import { arbitraryPipeline, writeWildly } from "../../../support/arbitrary-pipeline.ts";
import { edited, followEdit, refusalOf } from "../../../support/edit-text.ts";
import { cases } from "../../../support/soak.ts";

function reorder(stage: string, before: string | null): CanvasEdit {
  return { kind: "reorder-stage", stage, before };
}

const file = `{
  "stages": [
    // says a
    { "id": "a", "component_type": "logger" }, // behind a
    { "id": "b", "component_type": "logger" },
    { "id": "c", "component_type": "logger" } // last
  ]
}
`;

describe("reorder-stage", () => {
  test("CE-02 a stage moves with its comments, and commas follow", () => {
    expect(edited(file, reorder("c", "a"))).toBe(`{
  "stages": [
    { "id": "c", "component_type": "logger" }, // last
    // says a
    { "id": "a", "component_type": "logger" }, // behind a
    { "id": "b", "component_type": "logger" }
  ]
}
`);
    expect(edited(edited(file, reorder("c", "a")), reorder("c", null))).toBe(file);
    expect(edited('{"stages":[{"id":"a"},{"id":"b"} ]}', reorder("a", null))).toBe(
      '{"stages":[{"id":"b"},{"id":"a"} ]}',
    );
    expect(edited(file, reorder("a", "b"))).toBe(file);
  });

  test("CE-02 stages of different bodies are not neighbours", () => {
    const text =
      '{"stages":{"t":{"component":"trycatch","try_stages":{"x":{},"y":{}},"catch_stages":{"z":{}}}}}';
    expect(edited(text, reorder("t/y", "t/x"))).toContain('{"y":{},"x":{}}');
    expect(refusalOf(text, reorder("t/x", "t/z"))).toBe('"t/z" is not written in the same list as "t/x".');
    expect(refusalOf(text, reorder("x", null))).toBe('There is no stage "x" in this file.');
  });
});

const stage = fc.constantFrom("a", "b", "c", "d", "e", "b/inner", "b/last");

test("CE-02 after any move each stage says what it said, in the order asked for, and no comment is lost", () => {
  let accepted = 0;
  const trivia = fc.array(fc.constantFrom("", " ", "\r\n  ", "/* a, ] */", " // a }\n", "\t"), {
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(
      arbitraryPipeline,
      fc.option(trivia),
      fc.boolean(),
      stage,
      fc.option(stage),
      ({ json, text }, odd, trailing, id, before) => {
        const written = odd === null ? text : writeWildly(json, odd, trailing);
        const after = followEdit(written, reorder(id, before));
        if (after === null) return;
        accepted += 1;
        const was = parsePipeline(written);
        expect(JSON.stringify(documentToJson(after))).toBe(
          JSON.stringify(ordered(documentToJson(was), id, before)),
        );
        const marks = (each: string): number => each.split("// ").length + each.split("/* ").length;
        expect(marks(after.text)).toBe(marks(written));
        if (!id.includes("/")) {
          const ids = was.pipeline.stages.filter(({ nestedIn }) => nestedIn === null).map((each) => each.id);
          const next = ids[ids.indexOf(id) + 1] ?? null;
          if (odd === null) expect(followEdit(after.text, reorder(id, next))?.text).toBe(written);
        }
      },
    ),
    { seed: 81, numRuns: cases(250, 4000) },
  );
  expect(accepted).toBeGreaterThan(45);
});

// oxlint-disable-next-line typescript/no-explicit-any -- the oracle rewrites JSON of any shape
type Loose = any;

function ordered(json: Loose, id: string, before: string | null): Loose {
  const move = (keys: readonly string[], key: string, next: string | null): readonly string[] => {
    if (key === next) return keys;
    const rest = keys.filter((each) => each !== key);
    const at = next === null ? rest.length : rest.indexOf(next);
    return [...rest.slice(0, at), key, ...rest.slice(at)];
  };
  const own = (each: string): string => each.split("/").at(-1) ?? "";
  if (Array.isArray(json.stages)) {
    const ids = json.stages.map((each: Loose) => each.id);
    return {
      ...json,
      stages: move(ids, id, before).map((each) => json.stages.find((one: Loose) => one.id === each)),
    };
  }
  const inBody = id.includes("/");
  const body = inBody ? json.stages.b.loop_stages : json.stages;
  const keys = move(Object.keys(body), own(id), before === null ? null : own(before));
  const changed = Object.fromEntries(keys.map((key) => [key, body[key]]));
  if (!inBody) return { ...json, stages: changed };
  return { ...json, stages: { ...json.stages, b: { ...json.stages.b, loop_stages: changed } } };
}
