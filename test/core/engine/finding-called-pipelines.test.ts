import { describe, expect, test } from "vitest";
import type { JsonObject } from "#core/ports";
import { call, double, named } from "./support/called-pipeline.ts";
import { catalogOf, finish, pipelineOf, refusals, stage } from "./support/index.ts";

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
      expect.stringContaining("Remove wait_for_completion"),
    ]);
    expect(told({ pipeline_id: "double", input_data: { n: 1 }, async_execution: true }, files)).toEqual([]);
  });

  test("a stage that is disabled calls nothing", () => {
    expect(
      refusals(named("main", call("c", { pipeline_id: "gone" }, { enabled: false }), stage("x", "step"))),
    ).toEqual([]);
  });
});
