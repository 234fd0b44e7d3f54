import { describe, expect, test } from "vitest";
import { foldRun } from "#core/journal";
import { triggerRules } from "#core/pipeline";
import type { Executor, JsonObject } from "#core/ports";
import {
  begin,
  finish,
  heldExecutor,
  outcomeOf,
  pipelineOf,
  settled,
  stage,
  statuses,
} from "./support/index.ts";

/** How a stage can end: succeeded, failed, skipped, failed with `on_error: continue`, left out since another failed. */
const outcomes = ["S", "F", "K", "C", "X"] as const;
type Outcome = (typeof outcomes)[number];

/**
 * Whether a stage runs by Airflow's documentation of its rules, told by counts alone: `tolerated` counts as succeeded,
 * what was left out because of a failure as failed. What can begin before a failure has begun; after one that ends the
 * run, only rules that are there to deal with one run anything.
 */
const oracle: Readonly<Record<string, (s: number, f: number, k: number) => boolean>> = {
  all_success: (_, f, k) => f + k === 0,
  all_failed: (s, _, k) => s + k === 0,
  all_done: () => true,
  all_done_min_one_success: (s) => s > 0,
  all_skipped: (s, f) => s + f === 0,
  one_failed: (_, f) => f > 0,
  one_success: (s) => s > 0,
  one_done: (s, f) => s + f > 0,
  none_failed: (_, f) => f === 0,
  none_failed_min_one_success: (s, f) => f === 0 && s > 0,
  none_skipped: (_, f, k) => k + f === 0,
  always: () => true,
};

describe("every trigger rule after every mix of three outcomes", () => {
  test("the oracle has every rule", () => {
    expect(Object.keys(oracle).toSorted()).toEqual(triggerRules.toSorted());
  });

  test.each(triggerRules)("%s", async (rule) => {
    const wrong: string[] = [];
    for (const first of outcomes)
      for (const second of outcomes)
        for (const third of outcomes) {
          const mix = [first, second, third];
          const count = (...which: readonly Outcome[]): number =>
            mix.filter((each) => which.includes(each)).length;
          const runs = oracle[rule]?.(count("S", "C"), count("F", "X"), count("K")) ?? false;
          const { state } = await finish(
            pipelineOf(
              ...(mix.includes("X") ? [stage("bad", "step", { fail: "EXECUTION" })] : []),
              ...mix.map((outcome, index) => upstream(`u${index}`, outcome)),
              stage("target", "step", {}, { depends_on: ["u0", "u1", "u2"], trigger_rule: rule }),
            ),
            { executor: failuresLast },
          );
          const { status } = state.stages.get("target") ?? {};
          if ((status === "succeeded") !== runs) wrong.push(`${mix.join("")}: ${status}`);
        }
    expect(wrong).toEqual([]);
  });
});

/** Ends what succeeds at once, and what fails a turn later: a failure cancels what is still at work. */
const failuresLast: Executor = {
  run: (attempt, emit) => {
    const outcome = outcomeOf(attempt);
    if (outcome.kind === "succeeded" || attempt.inputs["tolerated"] === true) return emit(outcome);
    return Promise.resolve().then(() => emit(outcome));
  },
};

function upstream(id: string, outcome: Outcome): JsonObject {
  switch (outcome) {
    case "S":
      return stage(id, "step");
    case "F":
      return stage(id, "step", { fail: "EXECUTION" });
    case "K":
      return stage(id, "step", {}, { enabled: false });
    case "C":
      return stage(id, "step", { fail: "EXECUTION", tolerated: true }, { on_error: "continue" });
    case "X":
      return stage(id, "step", {}, { depends_on: ["bad"] });
  }
}

describe("a skip travels", () => {
  test("down a chain, out of a branch, into a loop and a try, and each says why", async () => {
    const { state } = await finish(
      pipelineOf(
        stage("choose", "conditional", { taken: "true", true_stages: ["yes"], false_stages: ["no"] }),
        stage("yes", "step"),
        stage("no", "step"),
        stage("after", "step", {}, { depends_on: ["no"] }),
        stage("each", "foreach", { items: [1], loop_stages: ["body"] }, { depends_on: ["after"] }),
        stage("body", "step"),
        stage("reads", "step", { value: "{{ upstream.after.x }}" }, { trigger_rule: "always" }),
        stage(
          "guarded",
          "step",
          { value: "{{ upstream.after.x | default(1) }}" },
          { trigger_rule: "always" },
        ),
        stage("join", "step", {}, { depends_on: ["yes", "no"] }),
      ),
    );
    expect(statuses(state)).toEqual({
      choose: "succeeded",
      yes: "succeeded",
      no: "skipped",
      after: "skipped",
      each: "skipped",
      reads: "skipped",
      guarded: "succeeded",
      join: "succeeded",
    });
    for (const { status, reason } of state.stages.values())
      if (status === "skipped") expect(reason).toBeTruthy();
  });
});

describe("an error in a loop in a try", () => {
  const tried = (more: JsonObject): object =>
    pipelineOf(
      stage("guard", "trycatch", { try_stages: ["each"], catch_stages: ["mend"], ...more }),
      stage("each", "foreach", { items: [0, 1, 2], loop_stages: ["body"] }),
      stage("body", "step", { fail: "{{ 'TIMEOUT' if item == 1 else null }}", value: "{{ item }}" }),
      stage("mend", "step", { value: "{{ error_type }}: {{ error_message }}" }),
      stage("end", "step", { value: "{{ upstream.guard.catch_result }}" }),
    );

  test("is caught with its type and what it was about; the rounds after it do not run", async () => {
    const { result, state } = await finish(tried({}));
    expect(result.output).toBe('TIMEOUT: Item 1 failed at "body": failed as told');
    expect(statuses(state)).not.toHaveProperty("guard.try#1/each[2]/body");
    expect(statuses(state)).toMatchObject({ "guard.try#1/each": "failed", guard: "succeeded" });
  });

  test("is tried again as a whole, with fresh rounds", async () => {
    const { state } = await finish(tried({ retries: 1 }));
    expect(statuses(state)).toMatchObject({
      "guard.try#1/each[1]/body": "failed",
      "guard.try#2/each[0]/body": "succeeded",
      "guard.try#2/each[1]/body": "failed",
    });
  });
});

describe("rounds at the same time", () => {
  test("share no variable and no output, whatever their names and in whatever order they end", async () => {
    const executor = heldExecutor();
    const { run } = begin(
      pipelineOf(
        stage("each", "foreach", {
          items: ["a", "b", "c"],
          parallel: 3,
          loop_stages: ["set", "same", "read"],
        }),
        stage("set", "variable_set", { name: "mine", value: "{{ item }}" }),
        stage("same", "step", { value: "{{ item }}1" }, { depends_on: ["set"] }),
        stage(
          "read",
          "step",
          { value: "{{ vars.mine }} {{ upstream.same }} {{ context.mine }} {{ loop_index }}" },
          { depends_on: ["same"] },
        ),
      ),
      { executor },
    );
    await settled();
    for (let turn = 0; executor.running.length > 0; turn++)
      await executor.release((turn * 2) % executor.running.length);
    expect((await run.finished).output).toMatchObject({ results: ["a a1 a 0", "b b1 b 1", "c c1 c 2"] });
  });
});

describe("retry counts", () => {
  test.each([
    // retries, failures before it works, recoverable -> attempts, ends well
    [0, 1, true, 1, false],
    [1, 1, true, 2, true],
    [2, 1, true, 2, true],
    [2, 2, true, 3, true],
    [2, 3, true, 3, false],
    [5, 9, true, 6, false],
    [3, 1, false, 1, false],
  ])(
    "retry %d, fails %d times, recoverable %j: %d attempts",
    async (retry, fails, recoverable, attempts, well) => {
      let ran = 0;
      const { run, journal, clock } = begin(pipelineOf(stage("a", "step", {}, { retry })), {
        executor: {
          run: (_, emit) => {
            ran += 1;
            if (ran > fails) emit({ kind: "succeeded", output: ran });
            else emit({ kind: "failed", failure: { type: "CONNECTIVITY", message: "no", recoverable } });
          },
        },
      });
      await settled();
      await clock.advance(1_000_000);
      expect((await run.finished).status).toBe(well ? "succeeded" : "failed");
      expect(ran).toBe(attempts);
      expect(foldRun(journal.events).stages.get("a")?.attempt).toBe(attempts);
    },
  );
});

describe("a diamond", () => {
  test("whose fast branch goes on while the slow one is at work", async () => {
    const executor = heldExecutor();
    const { run } = begin(
      pipelineOf(
        stage("top", "step"),
        stage("slow", "step", {}, { depends_on: ["top"] }),
        stage("fast1", "step", {}, { depends_on: ["top"] }),
        stage("fast2", "step", {}, { depends_on: ["fast1"] }),
        stage("fast3", "step", {}, { depends_on: ["fast2"] }),
        stage("join", "step", {}, { depends_on: ["slow", "fast3"] }),
      ),
      { executor },
    );
    const ids = (): readonly string[] => executor.running.map(({ address }) => address.stage);
    await settled();
    await executor.release(0);
    for (const fast of ["fast1", "fast2", "fast3"]) {
      expect(ids()).toEqual(expect.arrayContaining(["slow", fast]));
      await executor.release(ids().indexOf(fast));
    }
    expect(ids()).toEqual(["slow"]);
    await executor.release(0);
    expect(ids()).toEqual(["join"]);
    await executor.release(0);
    expect((await run.finished).status).toBe("succeeded");
  });
});
