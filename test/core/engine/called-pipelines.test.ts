import { describe, expect, test } from "vitest";
import { advance, emptySchedule } from "#core/engine";
import type { Json, JsonObject } from "#core/ports";
import { call, double, named, outputOf } from "./support/called-pipeline.ts";
import {
  begin,
  catalogOf,
  finish,
  heldExecutor,
  pipelineOf,
  settled,
  stage,
  statuses,
} from "./support/index.ts";

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
