import { describe, expect, test } from "vitest";
import { planRun } from "#core/engine";
import { parsePipeline } from "#core/pipeline";
import type { Json, JsonObject, StageAttempt } from "#core/ports";
import {
  begin,
  catalogOf,
  definition,
  definitions,
  finish,
  pipelineOf,
  planned,
  refusals,
  stage,
} from "./support/index.ts";

const withSchema = (input_schema: JsonObject): JsonObject => ({
  ...pipelineOf(stage("a", "step", { value: "{{ input }}" })),
  input_schema,
});

describe("input_schema", () => {
  test("fills in defaults at every depth: properties, items, $ref, allOf", async () => {
    const schema = {
      type: "object",
      properties: {
        retry: {
          type: "object",
          default: {},
          properties: { times: { type: "integer", default: 3 }, wait: { $ref: "#/definitions/wait" } },
        },
        people: { type: "array", items: { type: "object", properties: { role: { default: "reader" } } } },
        extra: { allOf: [{ properties: { x: { default: 1 } } }, { properties: { y: { default: 2 } } }] },
      },
      definitions: { wait: { type: "number", default: 0.5 } },
    };
    const { result } = await finish(withSchema(schema), {
      plan: { input: { people: [{ name: "Ada" }, { name: "Bob", role: "editor" }], extra: {} } },
    });
    expect(result.output).toEqual({
      people: [
        { name: "Ada", role: "reader" },
        { name: "Bob", role: "editor" },
      ],
      extra: { x: 1, y: 2 },
      retry: { times: 3, wait: 0.5 },
    });
  });

  test("is checked in full, and every misfit is told with its place", () => {
    const schema = {
      type: "object",
      properties: {
        email: { type: "string", format: "email" },
        n: { type: "integer", minimum: 1 },
        tags: { type: "array", items: { enum: ["a", "b"] }, uniqueItems: true },
        nested: { type: "object", required: ["id"], additionalProperties: false, properties: { id: {} } },
      },
    };
    const told = (input: Json) => refusals(withSchema(schema), { input });
    expect(told({ email: "x@example.org", n: 1, tags: ["a"], nested: { id: 1 } })).toEqual([]);
    expect(told({ email: "nobody", n: 0, tags: ["a", "c"], nested: { od: 1 } })).toEqual(
      [
        expect.stringContaining("email must match format"),
        expect.stringContaining("n must be >= 1"),
        expect.stringContaining("tags[1] must be equal to one of"),
        expect.stringContaining("nested must have required property 'id'"),
        expect.stringContaining("nested must NOT have additional properties"),
      ].map((each) => each),
    );
  });

  test("tolerates what older files say in words of their own, at any depth", () => {
    const schema = {
      type: "object",
      properties: {
        text: { type: "text", required: true },
        list: { type: "list", items: { type: "any" } },
        type: { type: "string" },
      },
    };
    expect(refusals(withSchema(schema), { input: { text: 1, list: ["x", 2], type: "t" } })).toEqual([]);
    expect(refusals(withSchema(schema), { input: { type: 1 } })).toHaveLength(1);
  });

  test("says so when it cannot be used", () => {
    const schema = { type: "object", properties: { a: { pattern: "(?=x)" } } };
    expect(refusals(withSchema(schema), { input: { a: "x" } })).toEqual([
      expect.stringContaining("the schema cannot be used"),
    ]);
  });
});

describe("output_schema", () => {
  const output_schema = {
    type: "object",
    properties: { items: { type: "array", items: { type: "object", required: ["name"] } } },
    required: ["items"],
  };
  const gives = (value: Json, more: JsonObject = {}) =>
    finish({ ...pipelineOf(stage("a", "step", { value })), output_schema, ...more });

  test("lets what fits pass, and fails the run of what does not, saying where", async () => {
    expect((await gives({ items: [{ name: "x" }] })).result.status).toBe("succeeded");
    const { result, state } = await gives({ items: [{ name: "x" }, {}] });
    expect(result).toMatchObject({ status: "failed", output: undefined });
    expect(result.failure).toMatchObject({ type: "VALIDATION", stage: null });
    expect(result.failure?.message).toContain("items[1] must have required property 'name'");
    expect(state).toMatchObject({ status: "failed", failure: { type: "VALIDATION" } });
  });

  test("counts for what is returned, and for a called pipeline", async () => {
    const returned = await finish({ ...pipelineOf(stage("r", "return", { value: 1 })), output_schema });
    expect(returned.result.failure?.message).toContain("it must be object");
    const child = { ...pipelineOf(stage("a", "step", { value: 1 })), name: "child", output_schema };
    const { result } = await finish(pipelineOf(stage("c", "subpipeline", { pipeline_id: "child" })), {
      plan: { pipelines: catalogOf({ "child.json": child }) },
    });
    expect(result.failure).toMatchObject({ type: "VALIDATION", stage: "c" });
  });
});

describe("defaults, and what a stage says of its model", () => {
  const all = new Map([...definitions, ["ask", definition("ask", {}, { requiresModel: true })]]);
  const modelOf = async (pipeline: JsonObject, provider?: string): Promise<StageAttempt["model"]> => {
    let model: StageAttempt["model"] = null;
    const { run } = begin(pipeline, {
      plan: { definitions: all, ...(provider === undefined ? {} : { provider }) },
      executor: {
        run: (attempt, emit) => {
          model = attempt.model;
          emit({ kind: "succeeded", output: 1 });
        },
      },
    });
    await run.finished;
    return model;
  };
  const defaults = {
    provider: "openai",
    model: "m",
    temperature: 0.1,
    max_tokens: 10,
    top_p: 0.9,
    stop_sequences: ["END"],
  };

  test("every setting of the model has a default, and the stage's own counts first", async () => {
    const pipeline = (llm_settings: JsonObject) => ({
      ...pipelineOf(stage("a", "ask", {}, { llm_settings })),
      defaults,
    });
    expect(await modelOf(pipeline({}))).toEqual({
      provider: "openai",
      model: "m",
      temperature: 0.1,
      maxTokens: 10,
      topP: 0.9,
      stopSequences: ["END"],
    });
    const own = {
      provider: "groq",
      model: "n",
      temperature: 0,
      max_tokens: 5,
      top_p: 0.5,
      stop_sequences: ["."],
    };
    expect(await modelOf(pipeline(own))).toEqual({
      provider: "groq",
      model: "n",
      temperature: 0,
      maxTokens: 5,
      topP: 0.5,
      stopSequences: ["."],
    });
    expect(await modelOf(pipeline({}), "offline")).toMatchObject({ provider: "offline", model: null });
  });

  test("are refused where they are of the wrong kind or not known", () => {
    const told = (wrong: JsonObject) => refusals({ ...pipelineOf(stage("a", "step")), defaults: wrong });
    expect(told({ temperature: "hot" })).toEqual(['"defaults.temperature" must be a number.']);
    expect(told({ stop_sequences: [1] })).toEqual(['"defaults.stop_sequences" must be a list of texts.']);
    expect(told({ retries: 3 })).toEqual([expect.stringContaining('"defaults.retries" is not supported')]);
  });

  test("a provider that nobody knows is refused before the run", () => {
    const document = parsePipeline(JSON.stringify(pipelineOf(stage("a", "step"))));
    const options = { input: {}, definitions, providers: new Set(["offline", "openai"]) };
    expect(planRun(document, { ...options, provider: "offline" }).ok).toBe(true);
    const refused = planRun(document, { ...options, provider: "ofline" });
    expect(refused).toMatchObject({
      ok: false,
      problems: [{ code: "FM2007", message: expect.stringContaining('Did you mean "offline"?') }],
    });
  });
});

describe("limits and retries in every spelling", () => {
  test.each([
    [{ retry: 2 }, { maxRetries: 2, initialDelayMs: 1000 }],
    [{ retry: { max_retries: 1, initial_delay_ms: 5 } }, { maxRetries: 1, initialDelayMs: 5 }],
    [{ retry_config: { max_retries: 4, backoff_multiplier: 3 } }, { maxRetries: 4, backoffMultiplier: 3 }],
    [{ error_handling: { on_error: "retry", retry_delay: 2 } }, { maxRetries: 3, initialDelayMs: 2000 }],
    [{ error_handling: { max_retries: 1 } }, { maxRetries: 1 }],
  ])("retry: %j", (more, policy) => {
    expect(planned(pipelineOf(stage("a", "step", {}, more))).stages.get("a")?.retry).toMatchObject(policy);
  });

  test("a retry that would never happen is refused, with what to write instead", () => {
    const told = (component: string, more: JsonObject) =>
      refusals(
        pipelineOf(
          stage("o", component, { items: [1], loop_stages: ["x"], try_stages: ["x"] }, more),
          stage("x", "step"),
        ),
      );
    expect(told("foreach", { retry: 2 })).toEqual([
      expect.stringContaining("Give retry to the stages in its loop"),
    ]);
    expect(told("trycatch", { retry: 2 })).toEqual([expect.stringContaining("max_retries")]);
    expect(told("foreach", { retry: 0 })).toEqual([]);
  });

  test.each([
    [{ timeout: 2 }, 2000],
    [{ timeout: "500ms" }, 500],
    [{ timeout: "2m" }, 120_000],
    [{ timeout_ms: 250 }, 250],
  ])("timeout: %j", (more, ms) => {
    expect(planned(pipelineOf(stage("a", "step", {}, more))).stages.get("a")?.timeoutMs).toBe(ms);
    expect(planned({ ...pipelineOf(stage("a", "step")), ...more }).timeoutMs).toBe(ms);
  });

  test.each([
    [{ on_error: "continue" }, "continue"],
    [{ error_handling: { on_error: "continue" } }, "continue"],
    [{ on_error: "propagate" }, "propagate"],
    [{}, "propagate"],
  ])("on_error: %j", (more, onError) => {
    expect(planned(pipelineOf(stage("a", "step", {}, more))).stages.get("a")?.onError).toBe(onError);
  });

  test("fields of later versions are refused by name in called pipelines too", () => {
    for (const field of ["container", "services", "artifacts", "runs_on", "resources"]) {
      const child = { ...pipelineOf(stage("a", "step", {}, { [field]: { x: 1 } })), name: "child" };
      const told = refusals(pipelineOf(stage("c", "subpipeline", { pipeline_id: "child" })), {
        pipelines: catalogOf({ "child.json": child }),
      });
      expect(told).toEqual([expect.stringContaining(`"${field}" of stage "a" is not supported`)]);
    }
  });
});
