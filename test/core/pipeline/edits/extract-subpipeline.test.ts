import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  applyTextEdits,
  type CanvasEdit,
  documentToJson,
  editPipeline,
  extractSubpipeline,
  type PipelineDocument,
  parsePipeline,
  pipelineGraph,
} from "#core/pipeline";
import { arbitraryPipeline } from "../../../support/arbitrary-pipeline.ts";
import { corpusFiles } from "../../../support/corpus.ts";
import { edited, followEdit, refusalOf } from "../../../support/edit-text.ts";
import { cases } from "../../../support/soak.ts";

const file = `{
  "name": "main",
  "input_schema": { "type": "object", "properties": { "topic": { "type": "string" }, "tone": { "type": "string" } }, "required": ["topic"] },
  "defaults": { "provider": "offline" },
  "stages": [
    { "id": "fetch", "component_type": "http_request", "config": { "url": "https://a.example/{{ input.topic }}" } },
    {
      "id": "draft", // the first one
      "component_type": "generator",
      "config": { "prompt": "{{ input.topic }} {{ input.tone }}: {{ fetch.output.body }} {{ upstream.fetch.headers or 'none' }}" },
      "depends_on": ["fetch"]
    },
    {
      "id": "review",
      "component_type": "critic",
      "config": { "content": "{{ upstream.draft.content }}" },
      "depends_on": ["draft"]
    },
    { "id": "say", "component_type": "logger", "config": { "message": "{{ draft.output.content }} {{ upstream.review['score'] }}" }, "depends_on": ["review"] }
  ],
  "output_stage_id": "say",
  "layout": {
    "draft": { "x": 1, "y": 2 },
    "say": { "x": 3, "y": 4 }
  }
}
`;

function edit(stages: readonly string[]): Extract<CanvasEdit, { kind: "extract-subpipeline" }> {
  return {
    kind: "extract-subpipeline",
    stages,
    name: "writing",
    reference: "writing.pipeline.json",
    id: "write",
  };
}

function extract(text: string, stages: readonly string[]) {
  const result = extractSubpipeline(parsePipeline(text), edit(stages));
  if (!result.ok) throw new Error(result.message);
  return { file: result.file, text: applyTextEdits(text, result.edits), notes: result.notes };
}

describe("extract-subpipeline", () => {
  const made = extract(file, ["draft", "review"]);

  test("CE-09 what the stages read of the rest is the input of the new pipeline, what is read of them its output", () => {
    expect(made.file).toBe(`{
  "name": "writing",
  "input_schema": {
    "type": "object",
    "properties": {
      "topic": {
        "type": "string"
      },
      "tone": {},
      "fetch_body": {},
      "fetch_headers": {}
    },
    "required": ["topic", "fetch_body"]
  },
  "defaults": {
    "provider": "offline"
  },
  "stages": [
    {
      "id": "draft", // the first one
      "component_type": "generator",
      "config": { "prompt": "{{ input.topic }} {{ input.tone }}: {{ input.fetch_body }} {{ input.fetch_headers or 'none' }}" },
      "depends_on": []
    },
    {
      "id": "review",
      "component_type": "critic",
      "config": { "content": "{{ upstream.draft.content }}" },
      "depends_on": ["draft"]
    },
    {
      "id": "result",
      "component_type": "return",
      "config": {
        "return_value": {
          "draft_content": "{{ draft.output.content }}",
          "review_score": "{{ upstream.review['score'] }}"
        }
      },
      "depends_on": ["review"]
    }
  ],
  "layout": { "draft": { "x": 1, "y": 2 } },
  "metadata": {
    "extracted": { "waits": { "draft": ["fetch"] }, "lists": { "say depends_on": ["review"] } }
  }
}
`);
    const [before = "", rest = ""] = file.split(/(?= {4}\{\n {6}"id": "draft")/);
    const after = rest.slice(rest.indexOf('    { "id": "say"'));
    expect(made.text).toBe(
      before +
        `    {
      "id": "write",
      "component_type": "subpipeline",
      "name": "writing",
      "config": {
        "pipeline_id": "writing.pipeline.json",
        "input_data": {
          "topic": "{{ input.topic }}",
          "tone": "{{ input.tone }}",
          "fetch_body": "{{ fetch.output.body }}",
          "fetch_headers": "{{ upstream.fetch.headers ?? null }}"
        },
        "timeout_ms": 3600000
      },
      "depends_on": ["fetch"]
    },
` +
        after
          .replace(
            "{{ draft.output.content }} {{ upstream.review['score'] }}",
            "{{ upstream.write.result.draft_content }} {{ upstream.write.result.review_score }}",
          )
          .replace('["review"]', '["write"]')
          .replace('    "draft": { "x": 1, "y": 2 },\n', "")
          .replace(
            '"say": { "x": 3, "y": 4 }',
            '"say": { "x": 3, "y": 4 },\n    "write": { "x": 1, "y": 2 }',
          ),
    );
    expect(made.notes).toBeUndefined();
  });

  test("CE-09 inlined again, the file is as it was", () => {
    const back = edited(made.text, { kind: "inline-subpipeline", stage: "write", pipeline: made.file });
    expect(documentToJson(parsePipeline(back))).toEqual(documentToJson(parsePipeline(file)));
    expect(back).toContain('"id": "draft", // the first one\n      "component_type"');
  });

  test("CE-09 the output stage stays the output, as far as a call can give it, and that is told", () => {
    const last = extract(file, ["review", "say"]);
    expect(last.text).toContain('"output_stage_id": "write"');
    expect(last.file).toContain('"output_stage_id": "say"');
    expect(last.notes).toEqual([
      'The output of this pipeline is now that of "write": what "say" gave is in its "result".',
    ]);
  });

  test("CE-09 where a stage may be skipped, what reads it reads null, and that is told", () => {
    const when =
      '{"stages":[{"id":"a","component_type":"logger","when":"input.x"},{"id":"b","component_type":"logger","config":{"message":"{{ upstream.a.n }}"}}]}';
    const part = extract(when, ["a"]);
    expect(part.file).toContain('"a_n":"{{ upstream.a.n ?? null }}"');
    expect(part.notes).toEqual(['"b" was skipped where what it reads was; now it runs, and reads null.']);
    expect(goesRound(when, ["a"])).toBe(true);
  });

  test("CE-09 what a loop gives its body is an input too", () => {
    const loop =
      '{"stages":[{"id":"l","component_type":"foreach","config":{"items":[1],"loop_stages":["a","b"]}},{"id":"a","component_type":"logger","config":{"message":"{{ item.name }} {{ context.loop_index }}"}},{"id":"b","component_type":"logger","config":{"message":"m"},"depends_on":["a"]}]}';
    const body = extract(loop, ["a"]);
    expect(body.file).toContain('"message":"{{ input.item_name }} {{ input.context_loop_index }}"');
    expect(body.text).toContain(
      '"input_data":{"item_name":"{{ item.name }}","context_loop_index":"{{ context.loop_index }}"}',
    );
    expect(body.text).toContain('"loop_stages":["write","b"]');
  });

  test("CE-09 in a body the names come back, whatever other bodies have, and paths to them stay paths", () => {
    const bodies =
      '{"stages":{"l":{"component":"foreach","loop_stages":{"a":{"component":"logger"},"b":{"component":"logger"}}},"m":{"component":"foreach","loop_stages":{"a":{"component":"logger"}},"depends_on":["l/a"]}}}';
    expect(extract(bodies, ["l/a"]).text).toContain('"depends_on":["l/write"]');
    expect(goesRound(bodies, ["l/a"])).toBe(true);
  });

  test("CE-09 what would do something else than before is refused, with the reason", () => {
    expect(refusalOf(file, edit(["fetch", "review"]))).toBe(
      '"draft" runs between the stages. Choose it too.',
    );
    expect(refusalOf(file, edit([]))).toBe("There are no stages selected.");
    const branch =
      '{"stages":[{"id":"c","component_type":"conditional","config":{"condition":true,"true_branch_stages":["a"]}},{"id":"a","component_type":"logger"},{"id":"b","component_type":"logger"},{"id":"r","component_type":"return"},{"id":"w","component_type":"logger","config":{"message":"{{ input }}"}}]}';
    expect(refusalOf(branch, edit(["c"]))).toBe('"a" is in the branch "true" of "c". Choose it too.');
    expect(refusalOf(branch, edit(["a", "b"]))).toBe('"a" is in the branch "true" of "c", and "b" is not.');
    expect(refusalOf(branch, edit(["r"]))).toContain("ends this pipeline");
    expect(refusalOf(branch, edit(["w"]))).toContain("reads the whole input");
  });
});

describe("inline-subpipeline", () => {
  const call = (config: string, rest = ""): string =>
    `{"stages":[{"id":"s","component_type":"logger"},{"id":"c","component_type":"subpipeline","config":{"pipeline_id":"p",${config}}${rest}},{"id":"e","component_type":"logger","config":{"message":"{{ c.result.content }}"},"depends_on":["c"]}]}`;
  const inline = (text: string, pipeline: string): string =>
    edited(text, { kind: "inline-subpipeline", stage: "c", pipeline });
  const called =
    '{"name":"p","input_schema":{"properties":{"n":{"default":3}}},"stages":{"s":{"component":"generator","config":{"prompt":"{{ input.who.name }} {{ input.n }} {{ input.gone }}","system_prompt":"{{ input.text }}"}}}}';

  test("CE-09 a pipeline of another dialect, with values of all kinds, takes the place of the call", () => {
    const text = inline(
      call(
        '"input_data":{"who":"{{ upstream.s.x or input.y }}","text":"a {{ s.x }}"}',
        ',"depends_on":["s"]',
      ),
      called,
    );
    expect(text).toBe(
      '{"stages":[{"id":"s","component_type":"logger"},{"id":"s_2","component":"generator","config":{"prompt":"{{ (upstream.s.x or input.y).name }} {{ 3 }} {{ null }}","system_prompt":"a {{ s.x }}"},"depends_on":["s"]},{"id":"e","component_type":"logger","config":{"message":"{{ upstream.s_2.content }}"},"depends_on":["s_2"]}]}',
    );
  });

  test("CE-09 what its stages could not do in place of the call is refused, with the reason", () => {
    const refused = (text: string, pipeline = called): string =>
      refusalOf(text, { kind: "inline-subpipeline", stage: "c", pipeline });
    const plain = call('"input_data":{}');
    expect(refused(call('"input_data":{}', ',"when":"s.x"'))).toContain('"c" has "when"');
    expect(refused(call('"on_error":"ignore"'))).toContain('"c" has "on_error" in its config');
    expect(refused(plain.replace("c.result.content", "c.status"))).toContain('reads "c.status"');
    expect(refused(plain, '{"extends":"q","stages":[]}')).toContain("has no stages");
    expect(refused(plain, '{"extends":"q","stages":[{"id":"a","type":"t"}]}')).toContain("made of others");
    expect(refused(plain, '{"env":{"A":"1"},"stages":[{"id":"a","type":"t"}]}')).toContain('another "env"');
    expect(
      refused(plain, '{"stages":[{"id":"a","type":"t"},{"id":"r","type":"return","when":"a.x"}]}'),
    ).toContain('"r" ends the called pipeline');
    expect(refused(call('"input_data":{"who":"a {{ s.x }}"}'))).toContain(
      'reads "input.who" in the middle of',
    );
    for (const data of ['"{{ s.x }} and {{ s.y }}"', "[1]", '"plain"'])
      expect(refused(call(`"input_data":${data}`))).toContain("neither an object nor one expression");
    expect(refusalOf(plain, { kind: "inline-subpipeline", stage: "s", pipeline: called })).toBe(
      '"s" calls no other pipeline.',
    );
  });

  test("CE-09 a time limit of the call, which its stages cannot have together, is told to be gone", () => {
    const notes = (text: string): readonly string[] => {
      const result = editPipeline(parsePipeline(text), {
        kind: "inline-subpipeline",
        stage: "c",
        pipeline: called,
      });
      if (!result.ok) throw new Error(result.message);
      return result.notes ?? [];
    };
    expect(notes(call('"input_data":{}'))).toEqual([]);
    expect(notes(call('"input_data":{}', ',"timeout":"5s"'))).toEqual([
      'The "timeout" of the call "c" is gone: its stages have no limit together.',
    ]);
    expect(notes(call('"input_data":{},"timeout_ms":90000'))).toHaveLength(1);
    // What extracting writes was nobody's wish.
    expect(notes(call('"input_data":{},"timeout_ms":3600000'))).toEqual([]);
  });
});

function edgesOf(document: PipelineDocument): ReadonlySet<string> {
  return new Set(pipelineGraph(document).edges.map(({ from, to, kind }) => `${from} > ${to} ${kind}`));
}

/** What each stage says, without the order of what it waits for. */
function sayingsOf(document: PipelineDocument): Readonly<Record<string, unknown>> {
  const json = JSON.parse(JSON.stringify(documentToJson(document)), (key, value: unknown) => {
    if (key === "depends_on" && Array.isArray(value))
      return value.length === 0 ? undefined : value.map(String).toSorted((a, b) => (a < b ? -1 : 1));
    return value;
  });
  const stages: unknown = json.stages;
  return Array.isArray(stages) ? Object.fromEntries(stages.map((stage) => [stage.id, stage])) : json.stages;
}

/** Takes stages out and in again; false where that is refused. */
function goesRound(text: string, stages: readonly string[]): boolean {
  const before = parsePipeline(text);
  const made = extractSubpipeline(before, edit(stages));
  if (!made.ok) {
    expect(editPipeline(before, edit(stages))).toEqual(made);
    return false;
  }
  const there = followEdit(text, edit(stages));
  if (there === null) throw new Error("Refused as an edit.");
  const part = parsePipeline(made.file);
  expect(part.broken).toBe(false);
  expect(part.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(pipelineGraph(part).cycles).toEqual([]);
  expect(pipelineGraph(there).cycles).toEqual([]);
  const caller = there.pipeline.stages.find(({ id }) => id.split("/").at(-1) === "write")?.id ?? "";
  const back = followEdit(there.text, { kind: "inline-subpipeline", stage: caller, pipeline: made.file });
  if (back === null) throw new Error(`Not back: ${made.file}`);
  expect(edgesOf(back)).toEqual(edgesOf(before));
  expect(sayingsOf(back)).toEqual(sayingsOf(before));
  return true;
}

test("CE-09 extracted and inlined again, any stages have the same graph and say the same", () => {
  let accepted = 0;
  fc.assert(
    fc.property(
      arbitraryPipeline,
      fc.subarray(["a", "b", "c", "d", "e", "f"], { minLength: 1 }),
      ({ text }, stages) => {
        if (goesRound(text, stages)) accepted += 1;
      },
    ),
    { seed: 101, numRuns: cases(120, 6000) },
  );
  expect(accepted).toBeGreaterThan(20);
});

describe("CE-09 and so have those of the corpus, one by one and in pairs", () => {
  test.each(corpusFiles())("$name", ({ text }) => {
    const ids = parsePipeline(text).pipeline.stages.map(({ id }) => id);
    for (const id of ids) goesRound(text, [id]);
    for (const [index, id] of ids.entries()) goesRound(text, [id, ids[index + 1] ?? id]);
  });
});
