import { describe, expect, test } from "vitest";
import { foldRun } from "#core/journal";
import type { JsonObject } from "#core/ports";
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
