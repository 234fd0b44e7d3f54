import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  absoluteSpan,
  lineIndex,
  parsePipeline,
  readingCode,
  type Stage,
  stageAt,
  stageById,
  stageSpan,
} from "#core/pipeline";

function stageOf(fields: Readonly<Record<string, unknown>>): Stage {
  const text = JSON.stringify({ name: "n", stages: [{ id: "a", component_type: "generator", ...fields }] });
  const [stage] = parsePipeline(text).pipeline.stages;
  if (stage === undefined) throw new Error("The stage was not read.");
  return stage;
}

/** Codes of the problems with the text each is about. */
function problemsOf(text: string): readonly (readonly [code: string, about: string])[] {
  return parsePipeline(text).problems.map(({ code, span }) => [code, text.slice(span.start, span.end)]);
}

describe("shape problems are where the fault is", () => {
  const cases: readonly [text: string, code: string, about: string][] = [
    ["[]", readingCode.notAnObject, "[]"],
    ['{"name":"n"}', readingCode.stagesMissing, "{"],
    ['{"stages":"x"}', readingCode.wrongType, '"x"'],
    ['{"stages":null}', readingCode.stagesMissing, "null"],
    ['{"stages":[1]}', readingCode.notAnObject, "1"],
    ['{"stages":{"a":"generator"}}', readingCode.notAnObject, '"generator"'],
    ['{"stages":[{"component_type":"t"}]}', readingCode.stageWithoutId, "{"],
    ['{"stages":[{"id":7,"component_type":"t"}]}', readingCode.stageWithoutId, "7"],
    ['{"stages":[{"id":"1a","component_type":"t"}]}', readingCode.invalidStageId, '"1a"'],
    ['{"stages":{"a b":{"component":"t"}}}', readingCode.invalidStageId, '"a b"'],
    ['{"stages":[{"id":"a"}]}', readingCode.stageWithoutType, '"a"'],
    ['{"stages":[{"id":"a","type":"t"},{"type":"t","id":"a"}]}', readingCode.duplicateStageId, '"a"'],
    ['{"stages":[{"id":"a","type":"t","config":7}]}', readingCode.wrongType, "7"],
    ['{"stages":[{"id":"a","type":"t","depends_on":[["b"]]}]}', readingCode.wrongType, '["b"]'],
    [
      '{"stages":[{"id":"a","type":"t","when":"x","skip_if":"y"}]}',
      readingCode.conflictingFields,
      '"skip_if"',
    ],
    ['{"stages":[{"id":"a","type":"t","timeout":"soon"}]}', readingCode.invalidTimeout, '"soon"'],
    ['{"stages":[{"id":"a","type":"t","position":{"x":1}}]}', readingCode.invalidPosition, '{"x":1}'],
    ['{"stages":[],"name":1}', readingCode.wrongType, "1"],
    ['{"stages":[],"stages":[]}', readingCode.repeatedKey, '"stages"'],
    ['{"stages":[{"id":"a","type":"t","config":{"k":1,"k":2}}]}', readingCode.repeatedKey, '"k"'],
  ];

  test.each(cases)("%s", (text, code, about) => {
    expect(problemsOf(text)).toEqual([[code, about]]);
  });

  test("a repeated id points to both stages, and the first one is meant by it", () => {
    const text = '{"stages":[{"id":"a","type":"x"},{"type":"y","id":"a"}]}';
    const document = parsePipeline(text);
    const [problem] = document.problems;
    expect(problem?.span.start).toBe(text.lastIndexOf('"a"'));
    expect(problem?.related?.[0]?.span.start).toBe(text.indexOf('"a"'));
    expect(document.pipeline.stages).toHaveLength(2);
    expect(stageById(document, "a")?.componentType).toBe("x");
  });

  test("a child pipeline needs no stages", () => {
    expect(problemsOf('{"name":"n","extends":"base"}')).toEqual([]);
  });

  test("problems name their stage", () => {
    const { problems } = parsePipeline(
      '{"stages":{"l":{"component":"foreach","loop_stages":{"x":{"component":1}}}}}',
    );
    expect(problems.map(({ stage }) => stage)).toEqual(["l/x"]);
  });
});

describe("a stage's fields", () => {
  test("the component is normalised and its range kept", () => {
    expect(stageOf({ component_type: "http-request" }).componentType).toBe("http_request");
    const { componentType, versionRange, writtenType } = stageOf({ component_type: "generator@^1.0.0" });
    expect([componentType, versionRange, writtenType?.value]).toEqual([
      "generator",
      "^1.0.0",
      "generator@^1.0.0",
    ]);
  });

  test.each([
    [{ timeout: 30 }, 30_000],
    [{ timeout: "30s" }, 30_000],
    [{ timeout: "1.5m" }, 90_000],
    [{ timeout: "250ms" }, 250],
    [{ timeout_ms: 250 }, 250],
    [{}, undefined],
  ])("timeout %j", (fields, milliseconds) => {
    expect(stageOf(fields).timeoutMs?.value).toBe(milliseconds);
  });

  test.each([
    [{ retry: 2 }, { maxRetries: 2, initialDelayMs: 1000, maxDelayMs: 30_000, backoffMultiplier: 2 }],
    [{ retry_config: {} }, { maxRetries: 3, initialDelayMs: 1000, maxDelayMs: 30_000, backoffMultiplier: 2 }],
    [
      { retry_config: { max_retries: 1, initial_delay_ms: 5, max_delay_ms: 6, backoff_multiplier: 1 } },
      { maxRetries: 1, initialDelayMs: 5, maxDelayMs: 6, backoffMultiplier: 1 },
    ],
    [
      { error_handling: { on_error: "retry", max_retries: 4, retry_delay: 2 } },
      { maxRetries: 4, initialDelayMs: 2000, maxDelayMs: 30_000, backoffMultiplier: 1 },
    ],
    [{ error_handling: { on_error: "continue" } }, null],
  ])("retry %j", (fields, policy) => {
    expect(stageOf(fields).retry).toEqual(policy);
  });

  test("on_error is the stage's own or that of error_handling", () => {
    expect(stageOf({ on_error: "continue" }).onError?.value).toBe("continue");
    expect(stageOf({ error_handling: { on_error: "continue" } }).onError?.value).toBe("continue");
  });

  test("skip_if is the opposite of when", () => {
    expect(stageOf({ when: "input.x" }).when?.negated).toBe(false);
    expect(stageOf({ skip_if: "{{input.x}}" }).when?.negated).toBe(true);
    expect(stageOf({ when: null, skip_if: "input.x" }).when?.negated).toBe(true);
    expect(stageOf({ when: null }).when).toBeNull();
  });

  test("llm_settings are the model's", () => {
    const { model } = stageOf({ llm_settings: { provider: "groq", max_tokens: 9, stop_sequences: ["."] } });
    expect([model.provider?.value, model.maxTokens?.value, model.stopSequences]).toEqual(["groq", 9, ["."]]);
    expect(stageOf({ config: { model: "an input of the component" } }).model.model).toBeNull();
  });
});

describe("arms", () => {
  function armsOf(
    fields: Readonly<Record<string, unknown>>,
  ): readonly (readonly [string, readonly string[]])[] {
    return stageOf(fields).arms.map(({ arm, stages }) => [arm, stages.map(({ value }) => value)]);
  }

  test.each([
    [
      { component_type: "conditional", config: { true_branch_stages: ["x"], false_branch_stages: ["y"] } },
      [
        ["true", ["x"]],
        ["false", ["y"]],
      ],
    ],
    [
      {
        component_type: "conditional",
        input_mapping: { true_stages: ["x"] },
        config: { true_stages: ["z"] },
      },
      [["true", ["x"]]],
    ],
    [
      { component_type: "router", config: { routes: { a: ["x"], b: "y" }, default_route: ["z"] } },
      [
        ["route:a", ["x"]],
        ["route:b", ["y"]],
        ["route:default", ["z"]],
      ],
    ],
    [
      { component_type: "router", config: { branches: { a: ["x"] }, default_branch: "z" } },
      [
        ["route:a", ["x"]],
        ["route:default", ["z"]],
      ],
    ],
    [{ component_type: "foreach", config: { loop_stages: ["x", "y"] } }, [["loop", ["x", "y"]]]],
    [
      { component_type: "trycatch", config: { try_stages: ["x"], catch_stages: ["y"], finally_stages: [] } },
      [
        ["try", ["x"]],
        ["catch", ["y"]],
        ["finally", []],
      ],
    ],
    [{ component_type: "foreach", config: { loop_stages: "{{input.stages}}" } }, [["loop", []]]],
    [{ component_type: "generator", config: { loop_stages: ["x"] } }, []],
  ])("%j", (fields, arms) => {
    expect(armsOf(fields)).toEqual(arms);
  });

  test("inside bodies of bodies, a name means the stage beside it first", () => {
    const text = JSON.stringify({
      stages: {
        x: { component: "logger" },
        outer: {
          component: "foreach",
          loop_stages: {
            x: { component: "logger" },
            inner: {
              component: "foreach",
              depends_on: ["x"],
              loop_stages: { y: { component: "logger", depends_on: ["x", "z"] }, z: { component: "logger" } },
            },
          },
        },
      },
    });
    const { pipeline } = parsePipeline(text);
    expect(
      pipeline.stages.map(({ id, nestedIn, dependsOn }) => [
        id,
        nestedIn,
        dependsOn.map(({ value }) => value),
      ]),
    ).toEqual([
      ["x", null, []],
      ["outer", null, []],
      ["outer/x", "outer", []],
      ["outer/inner", "outer", ["outer/x"]],
      ["outer/inner/y", "outer/inner", ["outer/x", "outer/inner/z"]],
      ["outer/inner/z", "outer/inner", []],
    ]);
  });
});

describe("where things are", () => {
  const text =
    '{\n  "stages": {\n    "l": { "component": "foreach", "loop_stages": { "x": { "component": "logger" } } },\n    "m": {}\n  }\n}';
  const document = parsePipeline(text);
  const written = (id: string, part: (stage: Stage) => { start: number; end: number }): string => {
    const stage = stageById(document, id);
    if (stage === undefined) throw new Error(`No stage ${id}.`);
    const { start, end } = absoluteSpan(document, stage, part(stage));
    return text.slice(start, end);
  };

  test("spans lead back to the text", () => {
    expect(written("m", ({ idSpan }) => idSpan)).toBe('"m"');
    expect(written("l/x", ({ idSpan }) => idSpan)).toBe('"x"');
    expect(written("l/x", ({ span }) => span)).toBe('"x": { "component": "logger" }');
    const m = stageById(document, "m");
    expect(m && text.slice(stageSpan(document, m).start, stageSpan(document, m).end)).toBe('"m": {}');
  });

  test("the stage at an offset is the innermost", () => {
    const at = (part: string): string | undefined => stageAt(document, text.indexOf(part))?.id;
    expect(at('"stages"')).toBeUndefined();
    expect(at('"foreach"')).toBe("l");
    expect(at('"logger"')).toBe("l/x");
    expect(at('"m"')).toBe("m");
    expect(stageAt(document, text.length)).toBeUndefined();
  });

  test("a stage of another document is refused", () => {
    const [stage] = parsePipeline('{"stages":[{"id":"q","type":"t"}]}').pipeline.stages;
    expect(() => stage && stageSpan(document, stage)).toThrow("not of this document");
  });

  test("positions and offsets are each other's opposite", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "é", "😀", "\n", "\r\n", "\r")), (parts) => {
        const sample = parts.join("");
        const index = lineIndex(sample);
        for (let offset = 0; offset <= sample.length; offset += 1) {
          // Between CR and LF there is no position of its own.
          if (sample.slice(offset - 1, offset + 1) === "\r\n") continue;
          expect(index.offsetAt(index.positionAt(offset))).toBe(offset);
        }
        expect(index.lineCount).toBe(sample.split(/\r\n|\n|\r/).length);
        expect(index.offsetAt({ line0: 0, character: 1e9 })).toBe(sample.split(/\r\n|\n|\r/)[0]?.length);
      }),
      { seed: 31 },
    );
  });
});
