import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  applyTextEdits,
  type CanvasEdit,
  documentToJson,
  parsePipeline,
  pipelineGraph,
  renameInherited,
} from "#core/pipeline";
import { arbitraryPipeline, writeWildly } from "../../../support/arbitrary-pipeline.ts";
import { corpusFiles } from "../../../support/corpus.ts";
import { edited, followEdit, refusalOf, removedBy } from "../../../support/edit-text.ts";
import { cases } from "../../../support/soak.ts";

function rename(stage: string, to: string): CanvasEdit {
  return { kind: "rename-stage-id", stage, to };
}

const file = `{
  "stages": [
    { "id": "a", "component_type": "generator", "config": { "prompt": "a \\"a\\" {{ input.a }}" } },
    {
      "id": "loop", // a loop
      "component_type": "foreach",
      "config": { "items": "{{ a.output }}", "item_variable": "b", "loop_stages": ["say"] },
      "depends_on": ["a"]
    },
    { "id": "say", "component_type": "logger", "config": {
      "message": "\\t{{ b }} {{ upstream['a'].content }} {{ [a for a in upstream.a] }} {{#if stages.a}}\\u00e9{{/if}}"
    } },
    { "id": "end", "component_type": "return", "when": "a.output.x > 1 and b", "skip": "a",
      "depends_on": ["loop", "a"], "config": { "condition": "upstream.a and 'a' == 'a'" } }
  ],
  "compositions": [{ "id": "c", "pipeline": "p", "depends_on": ["a"], "input_mapping": { "x": "{{ upstream.a.y }}" } }],
  "output_stage_id": "a",
  "output_config": { "destinations": [{ "config": { "url": "https://x.example/{{ upstream.a.id }}" } }] },
  "layout": { "a": { "x": 1, "y": 2 }, "$group:1": { "stages": ["a", "end"] } }
}
`;

describe("rename-stage-id", () => {
  test("CE-02 the id changes wherever it means the stage, and nowhere else", () => {
    expect(edited(file, rename("a", "draft"))).toBe(
      file
        .replace('"id": "a"', '"id": "draft"')
        .replace("{{ a.output }}", "{{ draft.output }}")
        .replace("upstream['a']", "upstream['draft']")
        .replace("in upstream.a]", "in upstream.draft]")
        .replace("#if stages.a}", "#if stages.draft}")
        .replace("a.output.x > 1", "draft.output.x > 1")
        .replace("upstream.a and", "upstream.draft and")
        .replaceAll('"depends_on": ["a"]', '"depends_on": ["draft"]')
        .replace('["loop", "a"]', '["loop", "draft"]')
        .replace("upstream.a.y", "upstream.draft.y")
        .replace("upstream.a.id", "upstream.draft.id")
        .replace('"output_stage_id": "a"', '"output_stage_id": "draft"')
        .replace('"a": { "x"', '"draft": { "x"')
        .replace('["a", "end"]', '["draft", "end"]'),
    );
  });

  test("CE-02 a line of layout that a stage of the new id has left behind makes room", () => {
    const left = file.replace('"y": 2 }', '"y": 2 }, "gone": { "x": 3, "y": 4 }, "old": { "x": 5, "y": 6 }');
    expect(edited(left, rename("a", "gone"))).toContain(
      '"layout": { "gone": { "x": 1, "y": 2 }, "old": { "x": 5, "y": 6 }, "$group:1"',
    );
    expect(edited(left, rename("say", "gone"))).toContain(
      '"layout": { "a": { "x": 1, "y": 2 }, "old": { "x": 5, "y": 6 }, "$group:1"',
    );
  });

  test("CE-02 a loop's variable of that name is not the stage, and hides its new id", () => {
    const text = file.replace('"message": "', '"message": "{{ a.output.z }} ');
    // "b" is what the loop calls its item.
    expect(edited(text, rename("a", "b"))).toContain("{{ upstream.b.output.z }} \\t{{ b }}");
    const shadowed = file.replace(
      '"stages": [',
      '"stages": [\n    { "id": "b", "component_type": "logger" },',
    );
    expect(edited(shadowed, rename("b", "z"))).toBe(
      shadowed.replace('"id": "b"', '"id": "z"').replace("> 1 and b", "> 1 and z"),
    );
    const hyphen = edited(file, rename("a", "a-1"));
    expect(hyphen).toContain("{{ upstream.a-1.output }}");
    expect(hyphen).toContain("upstream['a-1'].content");
    expect(hyphen).toContain('"when": "upstream.a-1.output.x > 1 and b"');
  });

  test("CE-02 a stage written inside another is renamed with its path; so are those inside a renamed one", () => {
    const text =
      '{"stages":{"t":{"component":"trycatch","try_stages":{"in":{"component":"logger"},"after":{"component":"logger","depends_on":["in"],"config":{"message":"{{stages.in.x}}"}}}},"e":{"component":"logger","depends_on":["t/in"]}},"layout":{"t/in":{"x":1,"y":1}}}';
    expect(edited(text, rename("t/in", "first"))).toBe(
      text
        .replace('{"in":', '{"first":')
        .replace('["in"]', '["first"]')
        .replace("stages.in.x", "stages.first.x")
        .replaceAll('"t/in"', '"t/first"'),
    );
    expect(edited(text, rename("t", "try"))).toBe(
      text.replace('{"t":', '{"try":').replaceAll('"t/in"', '"try/in"'),
    );
  });

  test("an id that is taken, or means something else, is refused", () => {
    expect(refusalOf(file, rename("a", "end"))).toContain('There is a stage "end" already');
    expect(refusalOf(file, rename("a", "x y"))).toContain("cannot be used in expressions");
    expect(refusalOf(file, rename("a", "upstream"))).toContain("means something else");
    expect(refusalOf(file, rename("z", "y"))).toBe('There is no stage "z" in this file.');
    const twice = '{"stages":[{"id":"a","type":"t"},{"id":"a","type":"t"}]}';
    expect(refusalOf(twice, rename("a", "b"))).toContain('Several stages have the id "a"');
  });

  test("CE-02 a pipeline that extends this one follows: overrides, its own stage of that id, what names them", () => {
    const child =
      '{"extends":"p","overrides":{"a":{"when":"upstream.a.x"},"b":{"config":{"m":"{{a.y}}"}}},"stages":[{"id":"n","component_type":"logger","depends_on":["a"],"config":{"message":"{{stages.a.z}}"}}],"output_stage_id":"a"}';
    const result = renameInherited(parsePipeline(child), "a", "first");
    if (!result.ok) throw new Error(result.message);
    expect(applyTextEdits(child, result.edits)).toBe(
      child
        .replace('{"a":{"when":"upstream.a.x"}', '{"first":{"when":"upstream.first.x"}')
        .replace("{{a.y}}", "{{first.y}}")
        .replace('["a"]', '["first"]')
        .replace("stages.a.z", "stages.first.z")
        .replace('"output_stage_id":"a"', '"output_stage_id":"first"'),
    );
    expect(renameInherited(parsePipeline(child), "a", "n")).toMatchObject({ ok: false });
    expect(renameInherited(parsePipeline("{}"), "a", "n")).toMatchObject({ ok: false });
  });
});

// oxlint-disable-next-line typescript/no-explicit-any -- the oracle rewrites JSON of any shape
type Loose = any;

/** Every id and name of the generated files replaced, without a look at any text: `NEW` is a word of none of them. */
function renamedJson(json: Loose, id: string): Loose {
  const own = id.split("/").at(-1);
  const inExpressions = (text: string): string =>
    text.replaceAll(new RegExp(`(upstream\\.|\\{\\{)${own}\\.`, "g"), "$1NEW.");
  const name = (each: string): string => (each === id || each === own ? each.replace(/[^/]+$/, "NEW") : each);
  const walk = (value: Loose, key: string): Loose => {
    if (Array.isArray(value))
      return value.map((item) =>
        key.endsWith("s_on") || key === "loop_stages" ? name(item) : walk(item, ""),
      );
    if (typeof value === "string") {
      if (key === "id" || key === "output_stage_id") return name(value);
      return inExpressions(value);
    }
    if (value === null || typeof value !== "object") return value;
    const isNamed = key === "loop_stages" || key === "layout" || (key === "stages" && !id.includes("/"));
    const entries = Object.entries(value).map(([each, item]) => [
      isNamed ? name(each) : each,
      walk(item, each),
    ]);
    return Object.fromEntries(entries);
  };
  return walk(json, "");
}

const stage = fc.constantFrom("a", "b", "c", "d", "b/inner", "b/last");

test("CE-02 the text after a rename means what the model after it means", () => {
  let accepted = 0;
  const trivia = fc.array(fc.constantFrom("", " ", "\r\n  ", "/* a, ] */", " // a }\n", "\t"), {
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(arbitraryPipeline, fc.option(trivia), stage, ({ json, text }, odd, id) => {
      const written = odd === null ? text : writeWildly(json, odd, true);
      const before = parsePipeline(written);
      const after = followEdit(written, rename(id, "NEW"));
      if (after === null) return;
      accepted += 1;
      // A name inside a stage of its own is not reached from without, so only ids are compared there.
      if (id.includes("/") || id !== "b")
        expect(documentToJson(after)).toEqual(renamedJson(documentToJson(before), id));
      const back = followEdit(after.text, rename(id.replace(/[^/]+$/, "NEW"), id.split("/").at(-1) ?? ""));
      expect(back?.text).toBe(written);
    }),
    { seed: 71, numRuns: cases(250, 4000) },
  );
  expect(accepted).toBeGreaterThan(75);
});

describe("CE-02 each stage of the corpus can be renamed: the graph is the same with another name, and back restores the bytes", () => {
  test.each(corpusFiles())("$name", ({ text }) => {
    const document = parsePipeline(text);
    for (const { id } of document.pipeline.stages) {
      const edit = rename(id, "renamed_one");
      const after = followEdit(text, edit);
      if (after === null) throw new Error(`Refused: ${id}`);
      const renamed = id.replace(/[^/]+$/, "renamed_one");
      const again = (each: string): string =>
        each === id || each.startsWith(`${id}/`) ? renamed + each.slice(id.length) : each;
      expect(pipelineGraph(after).edges).toEqual(
        pipelineGraph(document).edges.map((edge) => ({
          ...edge,
          from: again(edge.from),
          to: again(edge.to),
        })),
      );
      expect(after.problems.length).toBe(document.problems.length);
      for (const piece of removedBy(text, edit)) expect(piece.replaceAll('"', "")).toMatch(/^[\w/-]+$/);
      expect(followEdit(after.text, rename(renamed, id.split("/").at(-1) ?? ""))?.text).toBe(text);
    }
  });
});
