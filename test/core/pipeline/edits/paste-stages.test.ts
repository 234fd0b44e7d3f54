import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CanvasEdit,
  copyStages,
  editPipeline,
  type JsonMembers,
  type PipelineDocument,
  parsePipeline,
  pipelineGraph,
} from "#core/pipeline";
import { arbitraryPipeline } from "../../../support/arbitrary-pipeline.ts";
import { corpusFiles } from "../../../support/corpus.ts";
import { edited, followEdit, refusalOf } from "../../../support/edit-text.ts";
import { cases } from "../../../support/soak.ts";

function paste(
  clipping: JsonMembers,
  over: Partial<Extract<CanvasEdit, { kind: "paste-stages" }>> = {},
): CanvasEdit {
  return { kind: "paste-stages", clipping, at: null, into: null, ...over };
}

const file = `{
  "stages": [
    { "id": "a", "component_type": "generator" },
    {
      "id": "loop",
      "component_type": "foreach",
      "config": { "items": "{{ a.output }}", "loop_stages": ["say"] },
      "depends_on": ["a"]
    },
    { "id": "say", "component_type": "http_request", "config": { "message": "{{ item }} {{ upstream.loop.x }}" } },
    { "id": "end", "component_type": "logger", "depends_on": ["loop"], "config": { "message": "{{ loop.results }} {{ a.content }}" } }
  ],
  "layout": {
    "a": { "x": 0, "y": 5, "color": "red" },
    "loop": { "x": 100, "y": 50 }
  }
}
`;

const mapped = `{
  "stages": {
    "fetch": {
      "component": "http-request"
    },
    "say": {
      "component": "logger"
    }
  }
}
`;

describe("copy and paste", () => {
  test("CE-08 what is copied is a pipeline of its own, with the bodies of what is copied", () => {
    expect(copyStages(parsePipeline(file), ["loop", "end", "z"], new Map([["end", { x: 7, y: 8 }]]))).toEqual(
      {
        stages: [
          {
            id: "loop",
            component_type: "foreach",
            config: { items: "{{ a.output }}", loop_stages: ["say"] },
            depends_on: ["a"],
          },
          {
            id: "say",
            component_type: "http_request",
            config: { message: "{{ item }} {{ upstream.loop.x }}" },
          },
          {
            id: "end",
            component_type: "logger",
            depends_on: ["loop"],
            config: { message: "{{ loop.results }} {{ a.content }}" },
          },
        ],
        layout: { loop: { x: 100, y: 50 }, end: { x: 7, y: 8 } },
      },
    );
  });

  test("CE-08 in another file, taken ids get a number, references follow, and what is missing is told", () => {
    const clipping = copyStages(parsePipeline(file), ["loop", "end"]);
    const edit = paste(clipping, { at: { x: 10, y: 20 } });
    expect(edited(mapped, edit)).toBe(
      mapped.replace(
        '"logger"\n    }\n  }\n',
        `"logger"
    },
    "loop": {
      "component": "foreach",
      "config": {
        "items": "{{ a.output }}",
        "loop_stages": ["say_2"]
      },
      "depends_on": []
    },
    "say_2": {
      "component": "http-request",
      "config": {
        "message": "{{ item }} {{ upstream.loop.x }}"
      }
    },
    "end": {
      "component": "logger",
      "depends_on": ["loop"],
      "config": {
        "message": "{{ loop.results }} {{ a.content }}"
      }
    }
  },
  "layout": {
    "loop": { "x": 10, "y": 20 }
  }
`,
      ),
    );
    const result = editPipeline(parsePipeline(mapped), edit);
    expect(result.ok && result.notes).toEqual([
      "1 stage got a new id: say → say_2.",
      '"loop" waited for "a", which is not here: it waits for it no more.',
      '"loop" reads "a", which is not here. Change its expression.',
      '"end" reads "a", which is not here. Change its expression.',
    ]);
  });

  test("CE-08 into an empty file, into a body, and any pipeline's text", () => {
    expect(edited("", paste({ stages: [{ id: "x", type: "logger" }] }))).toBe(
      '{\n  "stages": [\n    {\n      "id": "x",\n      "component_type": "logger"\n    }\n  ]\n}\n',
    );
    const into = edited(
      file,
      paste({ stages: { x: { component: "logger" } } }, { into: { owner: "loop", arm: "loop" } }),
    );
    expect(into).toContain('"loop_stages": ["say", "x"]');
    expect(into).toContain('    { "id": "x", "component_type": "logger" }\n  ],\n');
    expect(refusalOf(file, paste({ stages: [] }))).toBe("There are no stages in what is to be pasted.");
    expect(refusalOf(file, paste({ stages: [{ id: "x" }, { id: "x" }] }))).toContain("the same id");
    expect(refusalOf(file, paste({ stages: [{ id: "x" }] }, { into: { owner: "z", arm: "loop" } }))).toBe(
      'There is no stage "z" in this file.',
    );
  });

  test("CE-08 no two of the pasted get the same id", () => {
    const clipping = {
      stages: [
        { id: "say", type: "logger" },
        { id: "say_2", type: "logger", depends_on: ["say"] },
      ],
    };
    const after = parsePipeline(edited(mapped, paste(clipping)));
    expect(after.pipeline.stages.map(({ id }) => id)).toEqual(["fetch", "say", "say_2", "say_3"]);
    expect(after.pipeline.stages.at(-1)?.dependsOn.map(({ value }) => value)).toEqual(["say_2"]);
  });

  test("CE-08 a branch whose stages were not copied is left empty, and told", () => {
    const clipping = {
      stages: [{ id: "c", component_type: "conditional", config: { true_branch_stages: ["say"] } }],
    };
    const result = editPipeline(parsePipeline(file), paste(clipping));
    expect(result.ok && result.notes).toEqual([
      '"say" is not in the branch "true" of the new "c": it was not copied.',
    ]);
    expect(edited(file, paste(clipping))).toContain('"true_branch_stages": []');
  });
});

describe("duplicate", () => {
  test("CE-08 stages are written behind themselves, in their bodies, apart from the old ones", () => {
    const text = edited(file, { kind: "duplicate-stages", stages: ["a", "say"], by: { x: 40, y: 40 } });
    expect(text).toContain('"loop_stages": ["say", "say_2"]');
    expect(text).toContain(
      '    { "id": "say", "component_type": "http_request", "config": { "message": "{{ item }} {{ upstream.loop.x }}" } },\n    { "id": "a_2", "component_type": "generator" },\n    { "id": "say_2", "component_type": "http_request", "config": { "message": "{{ item }} {{ upstream.loop.x }}" } },\n',
    );
    expect(text).toContain('"a_2": { "x": 40, "y": 45, "color": "red" }');
    expect(refusalOf(file, { kind: "duplicate-stages", stages: ["z"], by: { x: 0, y: 0 } })).toContain(
      'no stage "z"',
    );
  });
});

describe("in bodies", () => {
  const body = `{"stages":{"t":{"component":"trycatch","catch_stages":{"a":{"component":"logger"},"b":{"component":"logger","depends_on":["a"]}}}}}`;

  test("CE-08 a duplicate in a body waits for what the original waits for there", () => {
    const text = edited(body, { kind: "duplicate-stages", stages: ["t/b"], by: { x: 0, y: 0 } });
    expect(text).toContain('"b_2":{"component":"logger","depends_on":["a"]}');
  });

  test("CE-08 pasted into a body, a name means the stage beside it before one further out", () => {
    const text = `{"stages":{"a":{"component":"logger"},"z":{"component":"logger"},"l":{"component":"foreach","loop_stages":{"a2":{"component":"logger"},"b":{"component":"logger"}}}}}`;
    const clipping = { stages: [{ id: "c", type: "logger", depends_on: ["b", "z", "nobody"] }] };
    const edit = paste(clipping, { into: { owner: "l", arm: "loop" } });
    const result = editPipeline(parsePipeline(text), edit);
    expect(result.ok && result.notes).toEqual([
      '"c" waited for "nobody", which is not here: it waits for it no more.',
    ]);
    expect(
      pipelineGraph(parsePipeline(edited(text, edit))).edges.map(({ from, to }) => `${from} ${to}`),
    ).toEqual(["l l/a2", "l l/b", "l l/c", "l/b l/c", "z l/c"]);
  });

  test("CE-08 what is pasted into a body waits no more for what comes after it, and that is told", () => {
    const list =
      '{"stages":[{"id":"o","component_type":"foreach","config":{"loop_stages":["l","m"]}},{"id":"l","component_type":"foreach","config":{"loop_stages":["s"]}},{"id":"s","component_type":"logger"},{"id":"m","component_type":"logger","depends_on":["l"]},{"id":"e","component_type":"logger","depends_on":["o"]},{"id":"f","component_type":"logger"}]}';
    const map =
      '{"stages":{"o":{"component":"foreach","loop_stages":{"l":{"component":"foreach","loop_stages":{"s":{"component":"logger"}}},"m":{"component":"logger","depends_on":["l"]}}},"e":{"component":"logger","depends_on":["o"]},"f":{"component":"logger"}}}';
    const clipping = { stages: [{ id: "n", type: "logger", depends_on: ["m", "e", "f", "s"] }] };
    for (const [text, owner, id] of [
      [list, "l", "n"],
      [map, "o/l", "o/l/n"],
    ] as const) {
      const edit = paste(clipping, { into: { owner, arm: "loop" } });
      const result = editPipeline(parsePipeline(text), edit);
      expect(result.ok && result.notes).toEqual([
        '"n" waited for "m", which comes after what "n" is in now: it waits for it no more.',
        '"n" waited for "e", which comes after what "n" is in now: it waits for it no more.',
      ]);
      const pasted = parsePipeline(edited(text, edit)).pipeline.stages.find((stage) => stage.id === id);
      expect(pasted?.dependsOn.map(({ value }) => value)).toEqual(["f", id.replace(/n$/, "s")]);
    }
  });

  test("CE-08 what is pasted into a branch whose stages say that they wait for its stage says so too", () => {
    const text =
      '{"stages":[{"id":"c","component_type":"conditional","config":{"true_branch_stages":["y"]}},{"id":"y","component_type":"logger","depends_on":["c"]}]}';
    const edit = paste({ stages: [{ id: "y", type: "logger" }] }, { into: { owner: "c", arm: "true" } });
    const after = parsePipeline(edited(text, edit));
    expect(after.text).toContain('"true_branch_stages":["y","y_2"]');
    expect(after.pipeline.stages.at(-1)?.dependsOn.map(({ value }) => value)).toEqual(["c"]);
    const result = editPipeline(parsePipeline(text), edit);
    expect(result.ok && result.notes).toEqual(["1 stage got a new id: y → y_2."]);
  });

  test("CE-08 what is pasted into a body and reads what waits for that body is refused", () => {
    const text =
      '{"stages":[{"id":"l","component_type":"foreach"},{"id":"e","component_type":"logger","depends_on":["l"]}]}';
    const reader = { id: "r", component_type: "logger", config: { message: "{{ e.x }}" } };
    expect(refusalOf(text, paste({ stages: [reader] }, { into: { owner: "l", arm: "loop" } }))).toContain(
      "Stages would wait for each other:",
    );
  });
});

type Edges = ReadonlySet<string>;

function edgesOf(document: PipelineDocument, name: (id: string) => string = (id) => id): Edges {
  return new Set(
    pipelineGraph(document).edges.map(({ from, to, kind }) => `${name(from)} > ${name(to)} ${kind}`),
  );
}

function renaming(added: readonly string[], copied: readonly string[]): (id: string) => string {
  const names = new Map(copied.map((id, index) => [id, added[index] ?? id]));
  return (id) => {
    const [top = "", ...rest] = id.split("/");
    return [names.get(top) ?? top, ...rest].join("/");
  };
}

function topIds({ pipeline }: PipelineDocument): readonly string[] {
  return pipeline.stages.filter(({ nestedIn }) => nestedIn === null).map(({ id }) => id);
}

const plain = arbitraryPipeline.filter(({ text }) => pipelineGraph(parsePipeline(text)).cycles.length === 0);

test("CE-08 pasted stages are to each other as they were, and those that were there as they were", () => {
  fc.assert(
    fc.property(
      plain,
      plain,
      fc.subarray(["a", "b", "c", "d", "e"], { minLength: 1 }),
      (source, target, ids) => {
        const from = parsePipeline(source.text);
        const clipping = copyStages(from, ids);
        const alone = parsePipeline(JSON.stringify(clipping));
        const after = followEdit(target.text, paste(clipping));
        if (after === null) {
          expect(alone.pipeline.stages).toEqual([]);
          return;
        }
        const before = parsePipeline(target.text);
        const old = topIds(before);
        const added = topIds(after).filter((id) => !old.includes(id));
        const name = renaming(added, topIds(alone));
        const isOld = (id: string): boolean => old.includes(id.split("/")[0] ?? "");
        const edges = pipelineGraph(after).edges;
        const kept = edges.filter((edge) => isOld(edge.from) && isOld(edge.to));
        expect(new Set(kept.map(({ from: a, to: b, kind }) => `${a} > ${b} ${kind}`))).toEqual(
          edgesOf(before),
        );
        const among = edges.filter((edge) => !isOld(edge.from) && !isOld(edge.to));
        expect(new Set(among.map(({ from: a, to: b, kind }) => `${a} > ${b} ${kind}`))).toEqual(
          edgesOf(alone, name),
        );
        // An old stage waits for a new one only where it read a stage of that name that was not there.
        const back = edges.filter((edge) => !isOld(edge.from) && isOld(edge.to));
        expect(back.filter(({ kind }) => kind !== "implicit")).toEqual([]);
      },
    ),
    { seed: 91, numRuns: cases(150, 2500) },
  );
});

test("CE-08 a duplicate waits for what the original waits for, and nothing waits for it but its like", () => {
  fc.assert(
    fc.property(plain, fc.subarray(["a", "b", "c", "d", "e"], { minLength: 1 }), ({ text }, ids) => {
      const after = followEdit(text, { kind: "duplicate-stages", stages: ids, by: { x: 1, y: 1 } });
      if (after === null) return;
      const before = parsePipeline(text);
      const copied = topIds(parsePipeline(JSON.stringify(copyStages(before, ids))));
      const added = topIds(after).filter((id) => !topIds(before).includes(id));
      const name = renaming(added, copied);
      const isCopied = (id: string): boolean => copied.includes(id.split("/")[0] ?? "");
      const expected = new Set(edgesOf(before));
      for (const { from, to, kind } of pipelineGraph(before).edges) {
        if (isCopied(to)) expected.add(`${name(from)} > ${name(to)} ${kind}`);
      }
      expect(edgesOf(after)).toEqual(expected);
    }),
    { seed: 92, numRuns: cases(150, 2500) },
  );
});

describe("CE-08 each file of the corpus, copied whole into an empty one, has the same graph", () => {
  test.each(corpusFiles())("$name", ({ text }) => {
    const document = parsePipeline(text);
    const ids = document.pipeline.stages.map(({ id }) => id);
    const after = followEdit("", paste(copyStages(document, ids)));
    expect(after === null).toBe(ids.length === 0);
    if (after === null) return;
    expect(after.pipeline.stages.map(({ id }) => id)).toEqual(ids);
    expect(edgesOf(after)).toEqual(edgesOf(document));
  });
});
