import { describe, expect, test } from "vitest";
import { foldRun } from "#core/journal";
import type { JsonObject } from "#core/ports";
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

const guard = (more: JsonObject = {}): JsonObject =>
  stage("guard", "trycatch", { try_stages: ["try"], finally_stages: ["last"], ...more });

const running = ({
  running: attempts,
}: {
  readonly running: readonly { readonly address: { readonly stage: string } }[];
}) => attempts.map(({ address }) => address.stage);

describe("finally", () => {
  test.each([
    ["nothing went wrong", stage("try", "step"), {}, "succeeded"],
    ["a stage failed", stage("try", "step", { fail: "EXECUTION" }), {}, "failed"],
    [
      "what failed was caught",
      stage("try", "step", { fail: "EXECUTION" }),
      { catch_stages: ["mend"] },
      "succeeded",
    ],
    ["what failed is swallowed", stage("try", "step", { fail: "EXECUTION" }), { swallow: true }, "succeeded"],
    ["the pipeline returned", stage("try", "return", { value: 1 }), {}, "succeeded"],
  ])("runs when %s", async (_, tried, more, status) => {
    const { result, state } = await finish(
      pipelineOf(guard(more), tried, stage("mend", "step"), stage("last", "step")),
    );
    expect(statuses(state)["guard.finally#1/last"]).toBe("succeeded");
    expect(result.status).toBe(status);
  });

  test("runs when the run is cancelled, and the run waits for it", async () => {
    const executor = heldExecutor();
    const { run, journal } = begin(pipelineOf(guard(), stage("try", "step"), stage("last", "step")), {
      executor,
    });
    await settled();
    await executor.release(0);
    expect(running(executor)).toEqual(["try"]);
    run.cancel();
    await settled();
    expect(running(executor)).toEqual(["last"]);
    await executor.release(0);
    expect((await run.finished).status).toBe("cancelled");
    expect(statuses(foldRun(journal.events))).toEqual({
      guard: "cancelled",
      "guard.try#1/try": "cancelled",
      "guard.finally#1/last": "succeeded",
    });
  });

  test("is given up as well when the run is cancelled again", async () => {
    const executor = heldExecutor();
    const { run, journal } = begin(pipelineOf(guard(), stage("try", "step"), stage("last", "step")), {
      executor,
    });
    await settled();
    await executor.release(0);
    run.cancel();
    await settled();
    run.cancel();
    expect((await run.finished).status).toBe("cancelled");
    expect(statuses(foldRun(journal.events))["guard.finally#1/last"]).toBe("cancelled");
  });

  test("runs when a stage beside fails or returns, and when the loop around it breaks", async () => {
    for (const beside of [stage("b", "step", { fail: "EXECUTION" }), stage("b", "return", { value: 2 })]) {
      const executor = heldExecutor();
      const { run, journal } = begin(
        pipelineOf(guard(), stage("try", "step"), stage("last", "step"), beside),
        {
          executor,
        },
      );
      await settled();
      await executor.release(running(executor).indexOf("guard"));
      await executor.release(running(executor).indexOf("b"));
      expect(running(executor)).toEqual(["last"]);
      await executor.release(0);
      await run.finished;
      expect(statuses(foldRun(journal.events))).toMatchObject({
        guard: "cancelled",
        "guard.finally#1/last": "succeeded",
      });
    }
    const { state } = await finish(
      pipelineOf(
        stage("each", "foreach", { items: [0, 1], parallel: 2, loop_stages: ["guard"] }),
        guard(),
        stage("try", "step", { fail: "{{ 'EXECUTION' if item == 1 else null }}" }),
        stage("last", "step"),
      ),
    );
    expect(statuses(state)["each[1]/guard.finally#1/last"]).toBe("succeeded");
  });

  test("that fails says more than what went wrong before it", async () => {
    const { result } = await finish(
      pipelineOf(
        guard(),
        stage("try", "step", { fail: "EXECUTION" }),
        stage("last", "step", { fail: "TIMEOUT" }),
      ),
    );
    expect(result.failure).toMatchObject({ type: "TIMEOUT" });
  });
});

describe("the limit of a stage that owns others", () => {
  test("is one for all that a loop or a try runs: it is stopped, and fails with TIMEOUT", async () => {
    const executor = heldExecutor();
    const { run, journal, clock } = begin(
      pipelineOf(
        { ...guard({ catch_stages: ["mend"] }), timeout: "1s" },
        stage("try", "step"),
        stage("mend", "step"),
        stage("last", "step"),
      ),
      { executor },
    );
    await settled();
    await executor.release(0);
    await clock.advance(1000);
    expect(running(executor)).toEqual(["last"]);
    await executor.release(0);
    expect((await run.finished).failure).toMatchObject({ type: "TIMEOUT", stage: "guard" });
    expect(statuses(foldRun(journal.events))).toMatchObject({
      guard: "failed",
      "guard.try#1/try": "cancelled",
    });
  });

  test("counts no time that a person spends at a stop", async () => {
    const { run, clock, journal } = begin(
      pipelineOf(
        { ...stage("each", "foreach", { items: [1], loop_stages: ["x"] }), timeout: "1s" },
        stage("x", "step"),
      ),
      {
        gate: ({ kind, stage: id }) => (kind === "before" && id === "x" ? held.promise : undefined),
      },
    );
    await settled();
    await clock.advance(5000);
    held.resolve();
    await settled();
    expect((await run.finished).status).toBe("succeeded");
    expect(journal.events.some(({ kind }) => kind === "stage-ending")).toBe(false);
  });
});

const held = Promise.withResolvers<void>();

describe("catch_error_types", () => {
  test.each([
    ["EXECUTION", ["EXECUTION"], true],
    ["EXECUTION", ["execution"], true],
    ["EXECUTION", ["TIMEOUT"], false],
    ["EXECUTION", ["Exception"], true],
    ["TIMEOUT", ["TimeoutError"], true],
    ["CONNECTIVITY", ["ConnectionError"], true],
    ["CONNECTIVITY", ["TimeoutError", "ConnectionError"], true],
    ["VALIDATION", ["ValueError"], true],
    ["EXPRESSION", ["KeyError"], true],
    ["EXPRESSION", ["MappingExecutionError"], true],
    ["SECURITY", ["PermissionError"], true],
    ["EXECUTION", ["ComponentExecutionError"], true],
    ["EXECUTION", ["ValueError"], false],
    ["EXECUTION", [], true],
    ["TIMEOUT", ["asyncio.TimeoutError"], true],
  ])("%s is caught by %j: %s", async (type, types, isCaught) => {
    const { result, state } = await finish(
      pipelineOf(
        guard({ types, catch_stages: ["mend"] }),
        stage("try", "step", { fail: type }),
        stage("mend", "step"),
        stage("last", "step"),
      ),
    );
    expect(result.status).toBe(isCaught ? "succeeded" : "failed");
    expect(statuses(state)).toHaveProperty("guard.finally#1/last", "succeeded");
  });
});

describe("return", () => {
  const returning = stage("r", "return", { value: "early", condition: true });

  test("from a loop, a try, and rounds at the same time ends the pipeline, and later stages are skipped", async () => {
    const shapes: readonly JsonObject[][] = [
      [stage("o", "foreach", { items: [1, 2], loop_stages: ["r"] })],
      [stage("o", "foreach", { items: [1, 2], parallel: 2, loop_stages: ["r"] })],
      [stage("o", "trycatch", { try_stages: ["r"] })],
      [
        stage("o", "trycatch", { try_stages: ["bad"], catch_stages: ["r"] }),
        stage("bad", "step", { fail: "EXECUTION" }),
      ],
      [
        stage("o", "foreach", { items: [1], loop_stages: ["t"] }),
        stage("t", "trycatch", { try_stages: ["r"] }),
      ],
    ];
    for (const shape of shapes) {
      const { result, state } = await finish(
        pipelineOf(...shape, returning, stage("after", "step", {}, { depends_on: ["o"] })),
      );
      expect(result).toMatchObject({ status: "succeeded", output: "early" });
      expect(statuses(state)).toMatchObject({ o: "cancelled", after: "skipped" });
    }
  });

  test("from a loop in a called pipeline ends that pipeline only", async () => {
    const child = {
      ...pipelineOf(stage("o", "foreach", { items: [1, 2], loop_stages: ["r"] }), returning),
      name: "child",
    };
    const { result, state } = await finish(
      pipelineOf(
        stage("each", "foreach", { items: [1, 2], loop_stages: ["c"] }),
        stage("c", "subpipeline", { pipeline_id: "child" }),
        stage("end", "step", { value: "{{ [r.result for r in upstream.each.results] }}" }),
      ),
      { plan: { pipelines: catalogOf({ "child.json": child }) } },
    );
    expect(result.output).toEqual(["early", "early"]);
    expect(statuses(state)).toMatchObject({ each: "succeeded", "each[1]/c>child/o": "cancelled" });
  });
});
