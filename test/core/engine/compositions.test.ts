import { describe, expect, test } from "vitest";
import { call, double, named, outputOf } from "./support/called-pipeline.ts";
import { catalogOf, finish, pipelineOf, refusals, stage, statuses } from "./support/index.ts";

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
