import { describe, expect, test } from "vitest";
import * as z from "zod";
import { planRun, startRun } from "#core/engine";
import { createMemoryJournal } from "#core/journal";
import { parsePipeline } from "#core/pipeline";
import {
  definition,
  definitions,
  finish,
  immediate,
  manualClock,
  pipelineOf,
  planned,
  refusals,
  stage,
} from "./support/index.ts";

describe("what keeps a run from being started", () => {
  test("a required input that is missing, by name; one of the wrong type", () => {
    const pipeline = {
      ...pipelineOf(stage("a", "step")),
      input_schema: {
        type: "object",
        properties: { topic: { type: "string", description: "What about" }, n: { type: "integer" } },
        required: ["topic"],
      },
    };
    expect(refusals(pipeline)).toEqual([
      expect.stringContaining('The input "topic" (What about) is required'),
    ]);
    expect(refusals(pipeline, { input: { topic: "x", n: 1.5 } })).toEqual([
      'The input "n" must be integer; it is a number.',
    ]);
    expect(refusals(pipeline, { input: "x" })).toEqual([expect.stringContaining("must be an object")]);
    expect(refusals(pipeline, { input: { topic: "x" } })).toEqual([]);
  });

  test("components that do not exist, or are not named", () => {
    expect(refusals(pipelineOf(stage("a", "nothing")))).toEqual([
      expect.stringContaining('There is no component "nothing"'),
    ]);
    expect(refusals(pipelineOf({ id: "a", config: {} })).length).toBeGreaterThan(0);
  });

  test("dependencies that do not exist, on oneself, and in a circle with its path", () => {
    expect(refusals(pipelineOf(stage("a", "step", {}, { depends_on: ["gone"] })))).toEqual([
      expect.stringContaining('depends on "gone", which does not exist'),
    ]);
    expect(refusals(pipelineOf(stage("a", "step", {}, { depends_on: ["a"] })))).toEqual([
      expect.stringContaining("depends on itself"),
    ]);
    const circle = pipelineOf(
      stage("a", "step", {}, { depends_on: ["c"] }),
      stage("b", "step", { value: "{{ upstream.a }}" }),
      stage("c", "step", {}, { depends_on: ["b"] }),
      stage("d", "step"),
    );
    expect(refusals(circle)).toEqual([
      expect.stringMatching(/^These stages wait for each other: .*a -> b -> c|b -> c -> a|c -> a -> b/),
    ]);
  });

  test("fields that declare what this version cannot do, before any stage", () => {
    for (const field of ["container", "services", "artifacts", "runs_on", "resources"]) {
      expect(refusals(pipelineOf(stage("a", "step", {}, { [field]: { x: 1 } })))).toEqual([
        expect.stringContaining(`"${field}" of stage "a" is not supported`),
      ]);
      expect(refusals(pipelineOf(stage("a", "step", {}, { [field]: null })))).toEqual([]);
    }
  });

  test("a parent that is not there, abstract pipelines and stages", () => {
    expect(refusals({ ...pipelineOf(stage("a", "step")), extends: "base" })).toEqual([
      expect.stringContaining('the pipeline "base" cannot be looked for'),
    ]);
    expect(refusals({ ...pipelineOf(stage("a", "step")), abstract: true })).toEqual([
      expect.stringContaining("is abstract"),
    ]);
    expect(refusals(pipelineOf(stage("a", "abstract")))).toEqual([
      expect.stringContaining('"a" is abstract'),
    ]);
  });

  test("a trigger rule that does not exist, an output stage that does not, a stage in two bodies, a body read from outside", () => {
    expect(refusals(pipelineOf(stage("a", "step", {}, { trigger_rule: "some" })))).toContainEqual(
      expect.stringContaining('"some" is no trigger rule'),
    );
    expect(refusals({ ...pipelineOf(stage("a", "step")), output_stage_id: "z" })).toContainEqual(
      expect.stringContaining('"z"'),
    );
    const twice = pipelineOf(
      stage("l1", "foreach", { items: [], loop_stages: ["x"] }),
      stage("l2", "foreach", { items: [], loop_stages: ["x"] }),
      stage("x", "step"),
    );
    expect(refusals(twice)).toEqual([expect.stringContaining('"x" is in the stages of "l1" and "l2"')]);
    const outside = pipelineOf(
      stage("l1", "foreach", { items: [], loop_stages: ["x"] }),
      stage("x", "step"),
      stage("y", "step", { value: "{{ upstream.x }}" }),
    );
    expect(refusals(outside)).toEqual([expect.stringContaining("upstream.l1.results")]);
    const itself = pipelineOf(stage("l1", "foreach", { items: [], loop_stages: ["l1"] }));
    expect(refusals(itself)).toEqual([expect.stringContaining("contains itself")]);
  });

  test("what can never have a value: stages that do not exist, secrets, what an owner runs itself", () => {
    const reads = (value: string): readonly string[] => refusals(pipelineOf(stage("a", "step", { value })));
    expect(reads("{{ upstream.gone.x }}")).toEqual([expect.stringContaining('there is no stage "gone"')]);
    expect(reads("{{ upstream.gone.x ?? 1 }}")).toEqual([]);
    expect(reads("{{ secrets.KEY }}")).toEqual([expect.stringContaining("cannot be given to this run")]);
    const own = (more: object): readonly string[] =>
      refusals(
        pipelineOf(
          { ...stage("l", "foreach", { items: "{{ upstream.x.list ?? [] }}", loop_stages: ["x"] }), ...more },
          stage("x", "step"),
        ),
      );
    expect(own({})).toEqual([expect.stringContaining('"l" reads "x", which it runs itself')]);
    expect(own({ depends_on: ["x"] })).toContainEqual(
      expect.stringContaining('"l" depends on "x", which it runs itself'),
    );
    const nobody = pipelineOf({ ...stage("a", "step"), loop_stages: ["x"] }, stage("x", "step"));
    expect(refusals(nobody)).toEqual([expect.stringContaining("only the component foreach runs")]);
  });

  test("problems point into the text, and at their stage", () => {
    const text = JSON.stringify(pipelineOf(stage("fine", "step"), stage("bad", "nothing")));
    const result = planRun(parsePipeline(text), { input: {}, definitions });
    if (result.ok) throw new Error("It should not have been planned.");
    const [problem] = result.problems;
    expect(problem).toMatchObject({ stage: "bad", severity: "error" });
    expect(text.slice(problem?.span.start, problem?.span.end)).toBe('"nothing"');
  });
});

describe("what a plan takes from the file", () => {
  test("defaults of inputs; an optional input that was not given is null", async () => {
    const pipeline = {
      ...pipelineOf(
        stage("a", "step", { value: { a: "{{ input.a }}", b: "{{ input.b }}", c: "{{ input.c }}" } }),
      ),
      input_schema: {
        type: "object",
        properties: { a: { type: "string" }, b: { type: "number", default: 4 }, c: { type: "string" } },
      },
    };
    const { result, journal, plan } = await finish(pipeline, { plan: { input: { a: "x" } } });
    expect(result.output).toEqual({ a: "x", b: 4, c: null });
    expect(plan.input).toEqual({ a: "x", b: 4 });
    const [first] = journal.events;
    expect(first?.kind === "run-started" ? journal.value(first.input) : null).toEqual({ a: "x", b: 4 });
  });

  test("input_mapping overrides config; environment and its pipeline-level additions", async () => {
    const { result } = await finish(
      {
        ...pipelineOf(
          stage(
            "a",
            "step",
            { value: "config" },
            { input_mapping: { value: "{{ env.HOME_TOWN }} {{ env.N }}" } },
          ),
        ),
        env: { N: 5 },
      },
      { plan: { env: { HOME_TOWN: "Ulm", N: "1" } } },
    );
    expect(result.output).toBe("Ulm 5");
  });

  test("keys such as __proto__ are keys", async () => {
    const text =
      '{"name":"t","stages":[{"id":"a","component_type":"step","config":{"value":{"__proto__":{"x":"{{ input.__proto__ }}"}}}}]}';
    const input = JSON.parse('{"__proto__":"in"}');
    const result = planRun(parsePipeline(text), { input, definitions });
    expect(result.ok).toBe(true);
    const { result: ran } = await finish(JSON.parse(text), { plan: { input } });
    expect(JSON.stringify(ran.output)).toBe('{"__proto__":{"x":"in"}}');
  });

  test("the model: inputs, then stage, then defaults; the run's provider replaces all and drops the model", async () => {
    const llm = definition("llm", { provider: z.string().optional() }, { requiresModel: true });
    const all = new Map([...definitions, ["llm", llm]]);
    const pipeline = {
      ...pipelineOf(
        stage("a", "llm", { provider: "own" }),
        stage("b", "llm", {}, { llm_settings: { provider: "settings", model: "m", temperature: 0.1 } }),
        stage("c", "llm"),
      ),
      defaults: { provider: "dp", model: "dm" },
    };
    const choices = async (provider?: string): Promise<unknown[]> => {
      const seen: unknown[] = [];
      await finish(pipeline, {
        plan: { definitions: all, ...(provider === undefined ? {} : { provider }) },
        executor: {
          run: ({ model, inputs }, emit) => {
            seen.push({ ...model, inputs });
            emit({ kind: "succeeded", output: null });
          },
        },
      });
      return seen;
    };
    expect(await choices()).toEqual([
      { provider: "own", model: null, inputs: { provider: "own" } },
      { provider: "settings", model: "m", temperature: 0.1, inputs: {} },
      { provider: "dp", model: "dm", inputs: {} },
    ]);
    expect(await choices("offline")).toEqual([
      { provider: "offline", model: null, inputs: {} },
      { provider: "offline", model: null, temperature: 0.1, inputs: {} },
      { provider: "offline", model: null, inputs: {} },
    ]);
  });

  test("a plan serves many runs", async () => {
    const plan = planned(
      pipelineOf(stage("a", "step", { value: 1 }), stage("b", "step", { value: "{{ upstream.a }}" })),
    );
    for (const id of ["r1", "r2"]) {
      const journal = createMemoryJournal();
      const run = startRun(plan, {
        executor: immediate,
        clock: manualClock(),
        random: { next: () => 0, id: () => id },
        journal,
      });
      expect((await run.finished).output).toBe(1);
      expect(run.id).toBe(id);
    }
  });
});
