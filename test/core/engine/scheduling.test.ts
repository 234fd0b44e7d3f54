import { describe, expect, test } from "vitest";
import { foldRun } from "#core/journal";
import type { JsonObject } from "#core/ports";
import { begin, finish, heldExecutor, pipelineOf, settled, stage, statuses } from "./support/index.ts";

const after = (...ids: readonly string[]): JsonObject => ({ depends_on: ids });

describe("a ready queue, never waves", () => {
  test("a fast branch of a diamond does not wait for a slow one", async () => {
    const executor = heldExecutor();
    const pipeline = pipelineOf(
      stage("start", "step"),
      stage("slow", "step", {}, after("start")),
      stage("fast1", "step", {}, after("start")),
      stage("fast2", "step", {}, after("fast1")),
      stage("join", "step", {}, after("slow", "fast2")),
    );
    const { run } = begin(pipeline, { executor });
    await settled();
    const ids = (): string[] => executor.running.map(({ address }) => address.stage);
    expect(ids()).toEqual(["start"]);
    await executor.release(0);
    expect(ids()).toEqual(["slow", "fast1"]);
    await executor.release(1);
    expect(ids()).toEqual(["slow", "fast2"]);
    await executor.release(1);
    expect(ids()).toEqual(["slow"]);
    await executor.release(0);
    expect(ids()).toEqual(["join"]);
    await executor.release(0);
    expect((await run.finished).output).toEqual({ id: "join" });
  });

  test("no more attempts at a time than max_parallel, first come first served", async () => {
    const executor = heldExecutor();
    const stages = Array.from({ length: 7 }, (_, index) => stage(`s${index}`, "step"));
    const { run } = begin({ ...pipelineOf(...stages), concurrency: { max_parallel: 3 } }, { executor });
    await settled();
    const started: string[] = [];
    while (executor.running.length > 0) {
      expect(executor.running.length).toBeLessThanOrEqual(3);
      started.push(executor.running[0]?.address.stage ?? "");
      await executor.release(0);
    }
    await run.finished;
    expect(started).toEqual(["s0", "s1", "s2", "s3", "s4", "s5", "s6"]);
  });

  test("an expression that names a stage makes its own wait for it", async () => {
    const { result } = await finish(
      pipelineOf(
        stage("second", "step", { value: "{{ upstream.first.n }}" }),
        stage("first", "step", { value: { n: 7 } }),
      ),
    );
    expect(result.output).toBe(7);
  });

  test("a chain of 5,000 stages neither overflows the stack nor recurses", async () => {
    const stages = Array.from({ length: 5000 }, (_, index) =>
      stage(`s${index}`, "step", {}, index === 0 ? {} : after(`s${index - 1}`)),
    );
    const { result } = await finish(pipelineOf(...stages));
    expect(result).toEqual({ status: "succeeded", output: { id: "s4999" }, failure: null });
  });
});

describe("skips", () => {
  test("a skip travels to those that depend on it alone, and says why", async () => {
    const { state, result } = await finish(
      pipelineOf(
        stage("off", "step", {}, { enabled: false }),
        stage("next", "step", {}, after("off")),
        stage("last", "step", {}, after("next")),
        stage("other", "step"),
        stage("join", "step", {}, after("last", "other")),
      ),
    );
    expect(statuses(state)).toEqual({
      join: "succeeded",
      last: "skipped",
      next: "skipped",
      off: "skipped",
      other: "succeeded",
    });
    expect(state.stages.get("off")?.reason).toBe("the stage is disabled");
    expect(state.stages.get("last")?.reason).toBe('"next" was skipped');
    expect(result.output).toEqual({ id: "join" });
  });

  test("a stage whose unguarded expression names a skipped one is skipped under any rule", async () => {
    const { state } = await finish(
      pipelineOf(
        stage("off", "step", {}, { enabled: false }),
        stage("bare", "step", { value: "{{ upstream.off.x }}" }, { trigger_rule: "all_done" }),
        stage("guarded", "step", { value: "{{ upstream.off.x ?? 5 }}" }, { trigger_rule: "all_done" }),
      ),
    );
    expect(statuses(state)).toEqual({ bare: "skipped", guarded: "succeeded", off: "skipped" });
    expect(state.stages.get("bare")?.reason).toContain("off");
  });

  test("when and skip_if decide right before the stage", async () => {
    const { state } = await finish(
      pipelineOf(
        stage("a", "step", { value: { go: false } }),
        stage("never", "step", {}, { when: "upstream.a.go" }),
        stage("always", "step", {}, { skip_if: "upstream.a.go" }),
      ),
    );
    expect(statuses(state)).toEqual({ a: "succeeded", always: "succeeded", never: "skipped" });
    expect(state.stages.get("never")?.reason).toBe("its condition does not hold");
  });
});

describe("branches", () => {
  const pipeline = (taken: boolean): object =>
    pipelineOf(
      stage("check", "conditional", { taken, true_branch_stages: ["yes"], false_branch_stages: ["no"] }),
      stage("no", "step"),
      stage("yes", "step"),
      stage("afterYes", "step", {}, after("yes")),
      stage("join", "step", {}, after("yes", "no")),
    );

  test("only the branch that was taken runs, although it does not depend on the conditional", async () => {
    const { state, result } = await finish(pipeline(true));
    expect(statuses(state)).toEqual({
      afterYes: "succeeded",
      check: "succeeded",
      join: "succeeded",
      no: "skipped",
      yes: "succeeded",
    });
    expect(state.stages.get("no")?.reason).toBe('another branch was taken at "check"');
    expect(result.output).toEqual({ afterYes: { id: "afterYes" }, join: { id: "join" } });
  });

  test("what depends on the other branch is skipped, a join of both is not", async () => {
    const { state, result } = await finish(pipeline(false));
    expect(statuses(state)).toEqual({
      afterYes: "skipped",
      check: "succeeded",
      join: "succeeded",
      no: "succeeded",
      yes: "skipped",
    });
    expect(result.output).toEqual({ id: "join" });
  });

  test("the branches of a conditional that is skipped are skipped", async () => {
    const { state } = await finish(
      pipelineOf(
        stage("check", "conditional", { taken: true, true_branch_stages: ["yes"] }, { enabled: false }),
        stage("yes", "step"),
        stage("other", "step"),
      ),
    );
    expect(statuses(state)).toEqual({ check: "skipped", other: "succeeded", yes: "skipped" });
  });
});

describe("failures", () => {
  test("propagate cancels what runs, starts nothing more, and records everything", async () => {
    const executor = heldExecutor();
    const { run, journal } = begin(
      pipelineOf(
        stage("ok", "step"),
        stage("bad", "step", { fail: "EXECUTION" }),
        stage("sibling", "step"),
        stage("late", "step", {}, after("sibling")),
        stage("afterBad", "step", {}, after("bad")),
      ),
      { executor },
    );
    await settled();
    await executor.release(0);
    await executor.release(0);
    const result = await run.finished;
    expect(result.status).toBe("failed");
    expect(result.failure).toMatchObject({ stage: "bad", type: "EXECUTION", message: "failed as told" });
    const state = foldRun(journal.events);
    expect(statuses(state)).toEqual({
      afterBad: "skipped",
      bad: "failed",
      late: "skipped",
      ok: "succeeded",
      sibling: "cancelled",
    });
    expect(state.stages.get("afterBad")?.reason).toBe('"bad" failed');
    expect(state.status).toBe("failed");
  });

  test("continue counts as succeeded, and the output is null", async () => {
    const { state, result } = await finish(
      pipelineOf(
        stage("bad", "step", { fail: "EXECUTION" }, { on_error: "continue" }),
        stage("whole", "step", { value: { was: "{{ upstream.bad }}" } }, after("bad")),
        stage("part", "step", { value: "{{ upstream.bad.x }}" }, { ...after("bad"), on_error: "continue" }),
      ),
    );
    expect(statuses(state)).toEqual({ bad: "failed", whole: "succeeded", part: "failed" });
    expect(result.output).toEqual({ was: null });
    expect(state.stages.get("part")?.failure?.message).toMatch(
      /output of stage "bad" is null and has no "x"/,
    );
  });

  test("continue with a guard where the output is read", async () => {
    const { state, result } = await finish(
      pipelineOf(
        stage("bad", "step", { fail: "EXECUTION" }, { on_error: "continue" }),
        stage("next", "step", { value: "{{ upstream.bad.x ?? 1 }}" }, after("bad")),
      ),
    );
    expect(statuses(state)).toEqual({ bad: "failed", next: "succeeded" });
    expect(result.output).toBe(1);
  });

  test("inputs of the wrong type and missing ones fail the stage by field, before it starts", async () => {
    const { state, journal } = await finish(
      pipelineOf(
        stage("a", "step", { value: { list: [1] } }),
        stage("b", "strict", { count: "{{ upstream.a.list }}", text: "x" }),
      ),
    );
    expect(state.stages.get("b")).toMatchObject({
      status: "failed",
      failure: { type: "VALIDATION", field: "count" },
    });
    expect(
      journal.events.some((event) => event.kind === "stage-started" && event.address.stage === "b"),
    ).toBe(false);
    const missing = await finish(pipelineOf(stage("b", "strict")));
    expect(missing.result.failure).toMatchObject({ type: "VALIDATION", field: "text", stage: "b" });
  });

  test("an expression that cannot be evaluated fails its stage with the field", async () => {
    const { result } = await finish(pipelineOf(stage("a", "step", { value: "{{ input.nothing.here }}" })));
    expect(result.failure).toMatchObject({ type: "EXPRESSION", stage: "a", field: "value" });
  });

  test("a stage that cleans up after a failure still runs, and the run has failed", async () => {
    const { state, result } = await finish(
      pipelineOf(
        stage("bad", "step", { fail: "EXECUTION" }),
        stage("cleanup", "step", {}, { depends_on: ["bad"], trigger_rule: "one_failed" }),
        stage("unrelated", "step", {}, { depends_on: ["cleanup"] }),
      ),
    );
    expect(statuses(state)).toEqual({ bad: "failed", cleanup: "succeeded", unrelated: "skipped" });
    expect(result).toMatchObject({ status: "failed", failure: { stage: "bad" } });
  });
});

describe("the output of a run", () => {
  test("the output stage's, else the only leaf that succeeded, else a map of those", async () => {
    const stages = [
      stage("a", "step"),
      stage("b", "step", {}, after("a")),
      stage("c", "step", {}, after("a")),
    ];
    expect((await finish({ ...pipelineOf(...stages), output_stage_id: "a" })).result.output).toEqual({
      id: "a",
    });
    expect((await finish(pipelineOf(...stages))).result.output).toEqual({ b: { id: "b" }, c: { id: "c" } });
    const skipped = [
      stages[0] ?? {},
      stages[1] ?? {},
      stage("c", "step", {}, { ...after("a"), enabled: false }),
    ];
    expect((await finish({ ...pipelineOf(...skipped), output_stage_id: "c" })).result.output).toEqual({
      id: "b",
    });
  });

  test("none succeeded: the run fails saying so", async () => {
    const { result } = await finish(pipelineOf(stage("a", "step", {}, { enabled: false })));
    expect(result.status).toBe("failed");
    expect(result.failure?.message).toContain('none of the last stages ("a") succeeded');
  });

  test("return ends the pipeline with its value; what ran is cancelled, the rest left out", async () => {
    const executor = heldExecutor();
    const { run, journal } = begin(
      pipelineOf(
        stage("early", "return", { value: { done: 1 } }),
        stage("runs", "step"),
        stage("waits", "step", {}, after("runs")),
        stage("next", "step", {}, after("early")),
      ),
      { executor },
    );
    await settled();
    await executor.release(0);
    expect(await run.finished).toEqual({ status: "succeeded", output: { done: 1 }, failure: null });
    expect(statuses(foldRun(journal.events))).toEqual({
      early: "succeeded",
      next: "skipped",
      runs: "cancelled",
      waits: "skipped",
    });
  });
});
