import { describe, expect, test } from "vitest";
import { advance, emptySchedule } from "#core/engine";
import { foldRun } from "#core/journal";
import type { Json, JsonObject } from "#core/ports";
import {
  begin,
  catalogOf,
  finish,
  heldExecutor,
  pipelineOf,
  refusals,
  settled,
  stage,
  statuses,
} from "./support/index.ts";

const call = (id: string, config: JsonObject, more: JsonObject = {}): JsonObject =>
  stage(id, "subpipeline", config, more);
const named = (name: string, ...stages: readonly JsonObject[]): JsonObject => ({
  ...pipelineOf(...stages),
  name,
});
const outputOf = (result: { readonly output: Json | undefined }): JsonObject => result.output as JsonObject;

const double = {
  ...named("double", stage("work", "step", { value: "{{ input.n * input.factor }}" })),
  input_schema: {
    type: "object",
    properties: { n: { type: "number" }, factor: { type: "number", default: 2 } },
    required: ["n"],
  },
};

describe("a called pipeline", () => {
  test("runs in a frame of the same journal, with its input and defaults, and gives its output", async () => {
    const { result, journal, state, plan } = await finish(
      pipelineOf(
        call("ask", { pipeline_id: "double", input_data: { n: "{{ input.n }}" } }),
        stage("work", "step", { value: "{{ upstream.ask.result + 1 }}" }),
      ),
      { plan: { input: { n: 4 }, pipelines: catalogOf({ "lib/double.pipeline.json": double }) } },
    );
    expect(result).toMatchObject({ status: "succeeded", output: 9 });
    expect(statuses(state)).toEqual({ ask: "succeeded", "ask>double/work": "succeeded", work: "succeeded" });
    const started = journal.events.find((event) => event.kind === "call-started");
    expect(started).toMatchObject({
      pipeline: { name: "double", path: "lib/double.pipeline.json" },
      attempt: 1,
    });
    expect(started?.kind === "call-started" && journal.value(started.input)).toEqual({ n: 4, factor: 2 });
    expect(journal.events.filter(({ kind }) => kind.startsWith("call-")).map(({ kind }) => kind)).toEqual([
      "call-started",
      "call-finished",
    ]);
    const replayed = emptySchedule(plan);
    for (const event of journal.events) advance(replayed, JSON.parse(JSON.stringify(event)), () => {});
    expect([replayed.root.remaining, replayed.occupied, replayed.frames.size]).toEqual([0, 0, 1]);
  });

  test("its output has FlowMason's fields", async () => {
    const { result } = await finish(
      pipelineOf(call("ask", { pipeline_id: "double", input_data: { n: 1 } })),
      {
        plan: { pipelines: catalogOf({ "double.pipeline.json": double }) },
      },
    );
    expect(result.output).toEqual({
      pipeline_id: "double",
      run_id: "run0",
      status: "completed",
      result: 2,
      execution_time_ms: 0,
      error: null,
    });
  });

  test("is found by name and range, id and path, and its version counts", async () => {
    const of = (version: string) => ({ ...named("child", stage("v", "step", { value: version })), version });
    const pipelines = catalogOf({
      "a/child-1.pipeline.json": of("1.0.0"),
      "a/child-2.pipeline.json": { ...of("2.1.0"), id: "pipe_2" },
      "a/other.json": named("other", stage("v", "step", { value: "other" })),
    });
    const asked = async (config: JsonObject): Promise<Json | undefined> => {
      const run = await finish(pipelineOf(call("c", config)), {
        plan: { pipelines, path: "a/main.pipeline.json" },
      });
      return outputOf(run.result)["result"];
    };
    expect(await asked({ pipeline_id: "child" })).toBe("2.1.0");
    expect(await asked({ pipeline_id: "child@^1.0.0" })).toBe("1.0.0");
    expect(await asked({ pipeline_id: "child", pipeline_version: "1.0.0" })).toBe("1.0.0");
    expect(await asked({ pipeline_id: "pipe_2" })).toBe("2.1.0");
    expect(await asked({ pipeline_id: "other.json" })).toBe("other");
    expect(await asked({ pipeline_id: "child-1.pipeline.json", pipeline_version: "1.x" })).toBe("1.0.0");
  });

  test("has a name space of its own: stages, input and variables of the caller are not in sight", async () => {
    const child = named(
      "child",
      stage("same", "step", { value: "{{ vars.v | default('none') }} {{ input.x | default('none') }}" }),
    );
    const pipeline = (more: JsonObject): object =>
      pipelineOf(
        stage("set", "variable_set", { name: "v", value: "shared" }),
        stage("same", "step", { value: "outer" }, { depends_on: ["set"] }),
        call("c", { pipeline_id: "child", ...more }, { depends_on: ["same"] }),
        stage("end", "step", { value: "{{ upstream.same }}, {{ upstream.c.result }}" }),
      );
    const plan = { input: { x: "mine" }, pipelines: catalogOf({ "child.json": child }) };
    const outputs = [];
    for (const more of [{}, { inherit_context: false }, { isolated: true }]) {
      const { result } = await finish(pipeline(more), { plan });
      outputs.push(result.output);
    }
    expect(outputs).toEqual(["outer, shared none", "outer, none none", "outer, none none"]);
  });

  test("does not see the loop it is called in, and is called once a round, rounds at the same time", async () => {
    const peek = named(
      "peek",
      stage("p", "step", { value: "{{ context.item | default('unseen') }} {{ input.n }}" }),
    );
    const { result, state } = await finish(
      pipelineOf(
        stage("each", "foreach", { items: [1, 2], parallel: 2, loop_stages: ["c"] }),
        call("c", { pipeline_id: "peek", input_data: { n: "{{ item }}" } }),
        stage("end", "step", { value: "{{ [r.result for r in upstream.each.results] }}" }),
      ),
      { plan: { pipelines: catalogOf({ "peek.json": peek }) } },
    );
    expect(result.output).toEqual(["unseen 1", "unseen 2"]);
    expect(Object.keys(statuses(state))).toContain("each[1]/c>peek/p");
  });

  test("nests: a pipeline that calls another in a try in a loop", async () => {
    const pipelines = catalogOf({
      "inner.json": named("inner", stage("x", "step", { value: "{{ input.v }}!" })),
      "middle.json": named(
        "middle",
        stage("t", "trycatch", { try_stages: ["c"] }),
        call("c", { pipeline_id: "inner", input_data: { v: "{{ input.v }}" } }),
        stage("out", "step", { value: "{{ upstream.c.result }}?" }),
      ),
    });
    const { result, state } = await finish(
      pipelineOf(
        stage("each", "foreach", { items: ["a"], loop_stages: ["c"] }),
        call("c", { pipeline_id: "middle", input_data: { v: "{{ item }}" } }),
      ),
      { plan: { pipelines } },
    );
    expect(outputOf(result)["results"]).toEqual([expect.objectContaining({ result: "a!?" })]);
    expect(Object.keys(statuses(state))).toContain("each[0]/c>middle/t.try#1/c>inner/x");
  });

  test("takes its own defaults, environment and concurrency", async () => {
    const executor = heldExecutor();
    const child = {
      ...named("child", ...["a", "b", "c"].map((id) => stage(id, "step", { value: "{{ env.WHO }}" }))),
      env: { WHO: "child" },
      concurrency: { max_parallel: 2 },
      output_stage_id: "a",
    };
    const { run } = begin(
      { ...pipelineOf(call("c", { pipeline_id: "child" }), stage("beside", "step")), env: { WHO: "main" } },
      { executor, plan: { pipelines: catalogOf({ "child.json": child }) } },
    );
    await settled();
    const running = (): readonly string[] => executor.running.map(({ address }) => address.stage);
    await executor.release(running().indexOf("c"));
    expect(running().toSorted()).toEqual(["a", "b", "beside"]);
    await executor.release(running().indexOf("a"));
    expect(running().toSorted()).toEqual(["b", "beside", "c"]);
    while (executor.running.length > 0) await executor.release(0);
    expect(outputOf(await run.finished)["c"]).toMatchObject({ result: "child" });
  });

  test("returns for itself only", async () => {
    const child = named(
      "child",
      stage("r", "return", { value: "early" }),
      stage("never", "step", {}, { depends_on: ["r"] }),
    );
    const { result, state } = await finish(
      pipelineOf(
        call("c", { pipeline_id: "child" }),
        stage("after", "step", { value: "{{ upstream.c.result }} and on" }),
      ),
      { plan: { pipelines: catalogOf({ "child.json": child }) } },
    );
    expect(result.output).toBe("early and on");
    expect(statuses(state)).toMatchObject({ "c>child/never": "skipped", after: "succeeded" });
  });

  test("that returns as failed has failed, as cancelled has not", async () => {
    const child = (status: string) => named("child", stage("r", "return", { value: 1, status }));
    const asked = (status: string) =>
      finish(pipelineOf(call("c", { pipeline_id: "child" })), {
        plan: { pipelines: catalogOf({ "child.json": child(status) }) },
      });
    expect((await asked("failed")).result).toMatchObject({
      status: "failed",
      failure: { type: "CONTROL_FLOW", stage: "c" },
    });
    expect((await asked("cancelled")).result).toMatchObject({
      status: "succeeded",
      output: { status: "cancelled" },
    });
  });
});

describe("a called pipeline that fails", () => {
  const broken = catalogOf({ "child.json": named("child", stage("x", "step", { fail: "CONNECTIVITY" })) });

  test("fails its stage with what went wrong and where", async () => {
    const { result } = await finish(pipelineOf(call("c", { pipeline_id: "child" })), {
      plan: { pipelines: broken },
    });
    expect(result.failure).toEqual({
      type: "CONNECTIVITY",
      message: 'The pipeline "child" failed at "x": failed as told',
      recoverable: false,
      stage: "c",
    });
  });

  test("is ignored, or replaced by a result, where the stage says so", async () => {
    const ask = async (config: JsonObject): Promise<JsonObject> =>
      outputOf(
        (
          await finish(pipelineOf(call("c", { pipeline_id: "child", ...config })), {
            plan: { pipelines: broken },
          })
        ).result,
      );
    expect(await ask({ on_error: "ignore" })).toMatchObject({
      status: "failed",
      result: null,
      error: "failed as told",
    });
    expect(await ask({ on_error: "default", default_result: { n: 0 } })).toMatchObject({
      status: "failed",
      result: { n: 0 },
    });
  });

  test("is called again as the stage's retry says, in a frame of its own", async () => {
    const flaky = named("child", stage("x", "step", { fail: "CONNECTIVITY", recoverable: true }));
    const { run, journal, clock } = begin(
      pipelineOf(call("c", { pipeline_id: "child" }, { retry: { max_retries: 2, initial_delay_ms: 100 } })),
      { plan: { pipelines: catalogOf({ "child.json": flaky }) } },
    );
    await settled();
    await clock.advance(10_000);
    expect((await run.finished).status).toBe("failed");
    expect(Object.keys(statuses(foldRun(journal.events)))).toEqual([
      "c",
      "c>child#2/x",
      "c>child#3/x",
      "c>child/x",
    ]);
    const again = journal.events.flatMap((event) =>
      event.kind === "call-finished" ? [event.againInMs] : [],
    );
    expect(again).toEqual([100, 200, null]);
  });

  test("without an output fails as a run does; with a wrong input before it begins", async () => {
    const none = named("child", stage("x", "step", {}, { enabled: false }));
    const pipelines = catalogOf({ "child.json": none, "double.json": double });
    const empty = await finish(pipelineOf(call("c", { pipeline_id: "child" })), { plan: { pipelines } });
    expect(empty.result.failure?.message).toContain("The run has no output");
    const wrong = await finish(
      pipelineOf(call("c", { pipeline_id: "double", input_data: { n: "{{ input.n }}" } })),
      { plan: { pipelines, input: { n: ["x"] } } },
    );
    expect(wrong.result.failure).toMatchObject({ type: "VALIDATION", stage: "c" });
    expect(wrong.result.failure?.message).toContain('The input "n" must be number');
    expect(wrong.journal.events.some(({ kind }) => kind === "call-started")).toBe(false);
  });
});

describe("the time of a called pipeline", () => {
  const slow = catalogOf({
    "child.json": named(
      "child",
      stage("x", "step"),
      stage("tidy", "step", {}, { depends_on: ["x"], trigger_rule: "all_done" }),
      stage("next", "step", {}, { depends_on: ["x"] }),
    ),
  });

  test("is limited: what runs is stopped, what cleans up still runs, the stage fails with TIMEOUT", async () => {
    const executor = heldExecutor();
    const { run, journal, clock } = begin(pipelineOf(call("c", { pipeline_id: "child", timeout_ms: 500 })), {
      executor,
      plan: { pipelines: slow },
    });
    await settled();
    await executor.release(0);
    await clock.advance(499);
    expect(executor.running.map(({ address }) => address.stage)).toEqual(["x"]);
    await clock.advance(1);
    expect(executor.running.map(({ address }) => address.stage)).toEqual(["tidy"]);
    await executor.release(0);
    expect((await run.finished).failure).toMatchObject({ type: "TIMEOUT", stage: "c" });
    expect(statuses(foldRun(journal.events))).toEqual({
      c: "failed",
      "c>child/next": "skipped",
      "c>child/tidy": "succeeded",
      "c>child/x": "cancelled",
    });
  });

  test("is the stage's own where only that is given, and else the called pipeline's when it is shorter", async () => {
    const limitOf = async (config: JsonObject, more: JsonObject, child: JsonObject): Promise<number> => {
      const executor = heldExecutor();
      const pipelines = catalogOf({ "child.json": { ...named("child", stage("x", "step")), ...child } });
      const { run, clock } = begin(pipelineOf(call("c", { pipeline_id: "child", ...config }, more)), {
        executor,
        plan: { pipelines },
      });
      await settled();
      await executor.release(0);
      const before = clock.now();
      while (executor.running.length > 0 && clock.now() - before < 200_000) await clock.advance(500);
      await run.finished;
      return clock.now() - before;
    };
    expect(await limitOf({}, {}, {})).toBe(60_000);
    expect(await limitOf({}, { timeout: "2m" }, {})).toBe(120_000);
    expect(await limitOf({ timeout_ms: 1000 }, { timeout: "2m" }, {})).toBe(1000);
    expect(await limitOf({}, {}, { timeout: "5s" })).toBe(5000);
  });

  test("cancelling the run cancels what it calls", async () => {
    const executor = heldExecutor();
    const { run, journal } = begin(pipelineOf(call("c", { pipeline_id: "child" })), {
      executor,
      plan: { pipelines: slow },
    });
    await settled();
    await executor.release(0);
    run.cancel();
    expect((await run.finished).status).toBe("cancelled");
    expect(statuses(foldRun(journal.events))).toMatchObject({ c: "cancelled", "c>child/x": "cancelled" });
  });
});

describe("a pipeline that an expression names", () => {
  const pipelines = catalogOf({
    "one.json": named("one", stage("x", "step", { value: 1 })),
    "two.json": named("two", stage("x", "step", { value: 2 })),
    "back.json": named(
      "back",
      call("again", { pipeline_id: "{{ input.next }}", input_data: { next: "main" } }),
    ),
    "bad.json": named("bad", stage("x", "nothing")),
    "main.json": named("main", call("c", { pipeline_id: "{{ input.next }}", input_data: { next: "back" } })),
  });

  test("is found when the stage runs, each time anew", async () => {
    const { result } = await finish(
      pipelineOf(
        stage("each", "foreach", { items: ["one", "two", "one"], loop_stages: ["c"] }),
        call("c", { pipeline_id: "{{ item }}" }),
        stage("end", "step", { value: "{{ [r.result for r in upstream.each.results] }}" }),
      ),
      { plan: { pipelines } },
    );
    expect(result.output).toEqual([1, 2, 1]);
  });

  test("is a failure of the stage when it is not there or cannot run", async () => {
    const ask = async (id: string) =>
      (
        await finish(pipelineOf(call("c", { pipeline_id: "{{ input.id }}" })), {
          plan: { pipelines, input: { id } },
        })
      ).result.failure;
    expect(await ask("onee")).toMatchObject({
      type: "VALIDATION",
      field: "pipeline_id",
      message: expect.stringContaining('There is no pipeline "onee" in the project. Did you mean "one"?'),
    });
    expect((await ask("bad"))?.message).toMatch(
      /The pipeline in bad\.json cannot run, line \d+: There is no component "nothing"/,
    );
  });

  test("cannot be one that is still open", async () => {
    const { result } = await finish(
      named("main", call("c", { pipeline_id: "{{ input.next }}", input_data: { next: "main" } })),
      { plan: { pipelines, path: "main.json", input: { next: "back" } } },
    );
    expect(result.failure).toMatchObject({
      type: "CONTROL_FLOW",
      message: expect.stringContaining("call each other without end: main -> back -> main"),
    });
  });
});

describe("calls that cannot be made keep the run from being started", () => {
  const told = (config: JsonObject, files: Readonly<Record<string, object>>, main: JsonObject = {}) =>
    refusals(
      { ...named("main", call("c", config)), ...main },
      { pipelines: catalogOf(files), path: "main.json" },
    );

  test("pipelines that are missing, ambiguous, of no such version, of no version at all", () => {
    const child = named("child", stage("x", "step"));
    expect(told({ pipeline_id: "chil" }, { "child.json": child })).toEqual([
      expect.stringContaining('Stage "c": There is no pipeline "chil" in the project. Did you mean "child"?'),
    ]);
    expect(told({ pipeline_id: "child" }, { "a.json": child, "b.json": child })).toEqual([
      expect.stringContaining("a.json, b.json"),
    ]);
    expect(told({ pipeline_id: "child", pipeline_version: "^2.0.0" }, { "a.json": child })).toEqual([
      expect.stringContaining("in the range ^2.0.0: there is 1.0.0"),
    ]);
    expect(told({ pipeline_id: "a.json", pipeline_version: "^2.0.0" }, { "a.json": child })).toEqual([
      expect.stringContaining("in the range ^2.0.0"),
    ]);
    expect(told({ pipeline_id: "child@latest" }, { "a.json": child })).toEqual([
      expect.stringContaining("no range of versions"),
    ]);
  });

  test("pipelines that are abstract or broken, at any depth, with the file and the line", () => {
    const abstract = { ...named("base", stage("x", "step")), abstract: true };
    expect(told({ pipeline_id: "base" }, { "base.json": abstract })).toEqual([
      expect.stringMatching(/base\.json cannot run, line \d+: This pipeline is abstract/),
    ]);
    const files = { "mid.json": named("mid", call("down", { pipeline_id: "base" })), "base.json": abstract };
    expect(told({ pipeline_id: "mid" }, files)).toEqual([
      expect.stringMatching(/"mid" \(mid\.json\) calls another in its stage "down"\..*abstract/),
    ]);
  });

  test("circles, with their path", () => {
    const main = named("main", call("c", { pipeline_id: "a" }));
    const files = {
      "main.json": main,
      "a.json": named("a", call("x", { pipeline_id: "b" })),
      "b.json": named("b", call("y", { pipeline_id: "a" })),
    };
    expect(told({ pipeline_id: "a" }, files)).toEqual([expect.stringContaining("a -> b -> a")]);
    expect(told({ pipeline_id: "main" }, files)).toEqual([expect.stringContaining("main -> main")]);
  });

  test("an input that is known before and does not fit; not waiting", () => {
    const files = { "double.json": double };
    expect(told({ pipeline_id: "double", input_data: {} }, files)).toEqual([
      expect.stringMatching(/input that it does not take\. The input "n".*required/),
    ]);
    expect(told({ pipeline_id: "double", input_data: { n: 1 }, wait_for_completion: false }, files)).toEqual([
      expect.stringContaining("does not wait for the pipeline it calls"),
    ]);
    expect(told({ pipeline_id: "double", input_data: { n: 1 }, async_execution: true }, files)).toEqual([]);
  });

  test("a stage that is disabled calls nothing", () => {
    expect(
      refusals(named("main", call("c", { pipeline_id: "gone" }, { enabled: false }), stage("x", "step"))),
    ).toEqual([]);
  });
});

describe("inputs by names of their own", () => {
  test("are the input of the called pipeline, in the map dialect and in canonical form", async () => {
    const plan = { pipelines: catalogOf({ "double.json": double }), input: { n: 5 } };
    const map = {
      name: "m",
      stages: {
        c: { component: "subpipeline", config: { pipeline_id: "double" }, inputs: { n: "{{input.n}}" } },
      },
    };
    expect(outputOf((await finish(map, { plan })).result)["result"]).toBe(10);
    const canonical = pipelineOf(
      call(
        "c",
        { pipeline_id: "double", input_data: { n: 1, factor: 3 } },
        { input_mapping: { n: "{{ input.n }}" } },
      ),
    );
    expect(outputOf((await finish(canonical, { plan })).result)["result"]).toBe(15);
  });
});

describe("compositions", () => {
  const composed = {
    ...named("main", stage("end", "step", { value: "{{ upstream.twice.doubled + 1 }}" })),
    compositions: [
      {
        id: "twice",
        pipeline: "double",
        input_mapping: { n: "{{ input.n }}" },
        output_mapping: { doubled: "$" },
      },
    ],
  };

  test("run as calls: with their inputs, and their outputs by the names that are mapped", async () => {
    const { result, state } = await finish(composed, {
      plan: { input: { n: 4 }, pipelines: catalogOf({ "double.json": double }) },
    });
    expect(result.output).toBe(9);
    expect(statuses(state)).toEqual({
      end: "succeeded",
      twice: "succeeded",
      "twice>double/work": "succeeded",
    });
  });

  test("of pipelines that are not there keep the run from being started", () => {
    expect(refusals(composed, { pipelines: catalogOf({}) })).not.toEqual([]);
  });
});

describe("a called pipeline that extends another", () => {
  test("runs what it inherits", async () => {
    const base = {
      ...named(
        "base",
        stage("x", "step", { value: "base" }),
        stage("y", "step", { value: "{{ upstream.x }}!" }),
      ),
      abstract: true,
    };
    const child = {
      name: "child",
      version: "1.0.0",
      extends: "base",
      stages: [],
      overrides: { x: { config: { value: "child" } } },
    };
    const { result } = await finish(pipelineOf(call("c", { pipeline_id: "child" })), {
      plan: { pipelines: catalogOf({ "base.json": base, "child.json": child }) },
    });
    expect(outputOf(result)["result"]).toBe("child!");
  });
});
