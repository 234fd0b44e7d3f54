import { describe, expect, test } from "vitest";
import { parsePipeline, pathAt, pathsOfStage } from "#core/pipeline";

const text = String.raw`{
  "id": "p",
  "input_schema": { "type": "object", "description": "{{ input.name }}" },
  "stages": [
    { "id": "fetch", "component_type": "filter", "config": { "data": "{{ input.rows }}", "condition": "item.age > input.limit" } },
    {
      "id": "say",
      "component_type": "logger",
      "when": "upstream.fetch.passed",
      "config": { "message": "É\t{{ upstream[\"fetch\"].data[0].title }} of {{ [row.id for row in upstream.fetch.data] }}" },
      "depends_on": ["fetch"]
    },
    { "id": "look", "component_type": "logger", "config": { "message": "{{ upstream.fetch.get('data', []) | length }}, upstream" } }
  ]
}
`;
const document = parsePipeline(text);

/** The path at the first character of what `marked` has between bars, and what its span covers. */
function at(marked: string): { path: string; written: string } | undefined {
  const [before = "", here = "", after = ""] = marked.split("|");
  const offset = text.indexOf(before + here + after);
  if (offset < 0) throw new Error(`no ${marked} in the text`);
  const found = pathAt(document, offset + before.length);
  return found && { path: found.value, written: text.slice(found.span.start, found.span.end) };
}

describe("pathAt", () => {
  test("ends with the step under the offset", () => {
    expect(at("{{ |input|.rows }}")?.path).toBe("input");
    expect(at("{{ input.|rows| }}")).toEqual({ path: "input.rows", written: "input.rows" });
    expect(at("for row in upstream.|fetch|.data")?.path).toBe("upstream.fetch");
    expect(at("for row in |upstream|.fetch.data")?.path).toBe("upstream");
  });

  test("reads through escapes, brackets and positions", () => {
    expect(at(String.raw`upstream[\"|f|etch\"]`)).toEqual({
      path: 'upstream["fetch"]',
      written: String.raw`upstream[\"fetch\"]`,
    });
    expect(at(".data[|0|].title")?.path).toBe('upstream["fetch"].data[0]');
    expect(at(".data[0].|title|")?.path).toBe('upstream["fetch"].data[0].title');
  });

  test("takes a look-up by .get whole", () => {
    expect(at("fetch.get('|data|', [])")?.path).toBe("upstream.fetch.get('data', [])");
  });

  test("reads bare expressions of conditions and deferred fields", () => {
    expect(at("upstream.fetch.|passed|")?.path).toBe("upstream.fetch.passed");
    expect(at("> input.|limit|")?.path).toBe("input.limit");
  });

  test("finds nothing outside of expressions, in names of the place itself, nor outside of stages", () => {
    expect(at("|item|.age")).toBeUndefined();
    expect(at("[row.|id| for")).toBeUndefined();
    expect(at(", |upstream|")).toBeUndefined();
    expect(at('"depends_on": ["|fetch|"]')).toBeUndefined();
    expect(at('"description": "{{ |input|.name }}"')).toBeUndefined();
  });
});

test("all paths of a stage are found whole, where they stand; those of no other", () => {
  const told = pathsOfStage(document, text.indexOf('"say"'));
  expect(told.map(({ value }) => value)).toEqual([
    "upstream.fetch.passed",
    'upstream["fetch"].data[0].title',
    "upstream.fetch.data",
  ]);
  expect(told.map(({ span }) => text.slice(span.start, span.end))).toEqual([
    "upstream.fetch.passed",
    String.raw`upstream[\"fetch\"].data[0].title`,
    "upstream.fetch.data",
  ]);
  const own = pathsOfStage(document, text.indexOf('"fetch"')).map(({ value }) => value);
  expect(own).toEqual(["input.rows", "input.limit"]);
  expect(pathsOfStage(document, 0)).toEqual([]);
});
