import { describe, expect, test } from "vitest";
import { checkPipeline } from "#core/checks";
import { parsePipeline } from "#core/pipeline";
import { marked, ruleNameOf } from "./marked.ts";

const unused = '{ "id": "ask", "component_type": "generator", "config": { "prompt": "x" } ⟨stage⟩ }';
const log = '{ "id": "log", "component_type": "logger", "config": { "message": "x" } }';

/** A pipeline with one finding, FM1218 of the stage `ask`, and what is written into that stage and the pipeline. */
function pipeline({ stage = "", whole = "" }: { readonly stage?: string; readonly whole?: string }): string {
  return `{ "output_stage_id": "log", ${whole} "stages": [${unused.replace("⟨stage⟩", stage)}, ${log}] }`;
}

function inspect(source: string): { readonly found: readonly string[]; readonly hidden: readonly unknown[] } {
  const { problems, suppressed } = checkPipeline(parsePipeline(source));
  return {
    found: problems.map((problem) => ruleNameOf(problem)),
    hidden: suppressed.map(({ problem, reason }) => [ruleNameOf(problem), reason]),
  };
}

test("without it there is what it would hide", () => {
  expect(inspect(pipeline({}))).toEqual({ found: ["unused-output"], hidden: [] });
});

describe("$ignore", () => {
  test.each(['["FM1218"]', '["unused-output"]', '{ "FM1218": null }', '{ "FM1218": "" }'])(
    "%s hides",
    (list) => {
      const hidden = { found: [], hidden: [["unused-output", null]] };
      expect(inspect(pipeline({ stage: `, "$ignore": ${list}` }))).toEqual(hidden);
      expect(inspect(pipeline({ whole: `"$ignore": ${list},` }))).toEqual(hidden);
    },
  );

  test("says why, and the stage's own counts before the pipeline's", () => {
    const source = pipeline({
      stage: ', "$ignore": { "FM1218": "kept for comparison" }',
      whole: '"$ignore": ["FM1218"],',
    });
    expect(inspect(source)).toEqual({
      found: ["unused-suppression"],
      hidden: [["unused-output", "kept for comparison"]],
    });
  });

  test("of another stage hides nothing here", () => {
    const source = pipeline({}).replace('"message": "x" }', '"message": "x" }, "$ignore": ["FM1218"]');
    expect(inspect(source)).toEqual({ found: ["unused-output", "unused-suppression"], hidden: [] });
  });

  test.each([
    [', "$ignore": [⟦"FM1281"⟧, ⟦7⟧, "FM1218"]'],
    [', "$ignore": ⟦"FM1218"⟧'],
    [', "$ignore": { ⟦"FM1001"⟧: "no", "FM1218": ⟦[]⟧ }'],
  ])("%s: what is written wrongly is told where it stands", (stage) => {
    const { text, spans } = marked(pipeline({ stage }));
    const found = checkPipeline(parsePipeline(text)).problems;
    expect(
      found.filter((each) => ruleNameOf(each) === "invalid-suppression").map(({ span }) => span),
    ).toEqual(spans);
  });

  test("hides what reading finds too, but not that the text is broken", () => {
    const wrong = '{ "$ignore": ["FM1006"], "name": 7, "stages": [] }';
    expect(inspect(wrong).found).toEqual([]);
    expect(inspect('{ "$ignore": ["FM1001"], "name": "a", "stages": [oops] }').found).toEqual([
      "invalid-suppression",
      "json-syntax",
    ]);
  });

  test("nothing is called unused in a text that is broken", () => {
    expect(inspect('{ "$ignore": ["FM1218"], "stages": [oops] }').found).toEqual(["json-syntax"]);
  });
});
