import { describe, expect, test } from "vitest";
import { foldRun } from "#core/journal";
import type { Json, JsonObject } from "#core/ports";
import { begin, finish, heldExecutor, pipelineOf, settled, stage, statuses } from "./support/index.ts";

const loop = (config: JsonObject, ...bodies: readonly string[]): JsonObject =>
  stage("each", "foreach", { loop_stages: bodies, ...config });
const outputOf = (result: { readonly output: Json | undefined }): JsonObject => result.output as JsonObject;

describe("foreach", () => {
  test("runs its body once per item; results are the last stage's, in the items' order", async () => {
    const { result, state } = await finish(
      pipelineOf(
        loop({ items: [10, 20, 30] }, "body", "after"),
        stage("body", "step", {
          value: {
            v: "{{ item }}",
            i: "{{ context.index }}",
            all: "{{ loop_total }}",
            mine: "{{ upstream.each.current_item }}",
          },
        }),
        stage("after", "step", {
          value:
            "{{ upstream.body.v }} at {{ upstream.body.i }} of {{ upstream.body.all }}: {{ upstream.body.mine }}",
        }),
        stage("end", "step", { value: "{{ upstream.each.results }}" }),
      ),
    );
    expect(result.output).toEqual(["10 at 0 of 3: 10", "20 at 1 of 3: 20", "30 at 2 of 3: 30"]);
    expect(Object.keys(statuses(state))).toEqual([
      "each",
      "each[0]/after",
      "each[0]/body",
      "each[1]/after",
      "each[1]/body",
      "each[2]/after",
      "each[2]/body",
      "end",
    ]);
  });

  test("parallel rounds end in any order and stay aligned", async () => {
    const executor = heldExecutor();
    const { run } = begin(
      pipelineOf(
        loop({ items: ["a", "b", "c", "d"], parallel: 3 }, "body"),
        stage("body", "step", { value: "{{ item }}!" }),
      ),
      { executor },
    );
    await settled();
    await executor.release(0);
    expect(executor.running).toHaveLength(3);
    await executor.release(2);
    expect(executor.running.map(({ address }) => address.frames)).toEqual([
      [{ kind: "iteration", owner: "each", index: 0 }],
      [{ kind: "iteration", owner: "each", index: 1 }],
      [{ kind: "iteration", owner: "each", index: 3 }],
    ]);
    await executor.release(2);
    await executor.release(1);
    await executor.release(0);
    expect(outputOf(await run.finished)).toMatchObject({
      results: ["a!", "b!", "c!", "d!"],
      processed_items: 4,
      is_complete: true,
    });
  });

  test("a failed item is null where the loop goes on, and the results stay aligned", async () => {
    const { result } = await finish(
      pipelineOf(
        loop({ items: [null, "EXECUTION", null], break_on_error: false, parallel: 2 }, "body"),
        stage("body", "step", { value: "{{ index }}", fail: "{{ item }}" }),
      ),
    );
    expect(outputOf(result)).toMatchObject({
      results: [0, null, 2],
      errors: [{ index: 1, type: "EXECUTION", message: "failed as told" }],
      is_complete: false,
    });
  });

  test("a failed item ends a loop that breaks: the other rounds are cancelled, no more begin", async () => {
    const executor = heldExecutor();
    const { run, journal } = begin(
      pipelineOf(
        loop({ items: [null, "EXECUTION", null], parallel: 2 }, "body"),
        stage("body", "step", { fail: "{{ item }}" }),
      ),
      { executor },
    );
    await settled();
    await executor.release(0);
    await executor.release(0);
    await executor.release(0);
    const result = await run.finished;
    expect(result.failure).toMatchObject({ stage: "each", type: "EXECUTION" });
    expect(result.failure?.message).toContain('Item 1 failed at "body"');
    expect(statuses(foldRun(journal.events))).toEqual({
      each: "failed",
      "each[0]/body": "succeeded",
      "each[1]/body": "failed",
      "each[2]/body": "cancelled",
    });
  });

  test("no items: done at once, with no results", async () => {
    const { result } = await finish(pipelineOf(loop({ items: [] }, "body"), stage("body", "step")));
    expect(outputOf(result)).toMatchObject({ results: [], processed_items: 0 });
  });

  test("loops nest, and a stage inside reads stages around both", async () => {
    const { result } = await finish(
      pipelineOf(
        stage("base", "step", { value: { n: 100 } }),
        loop({ items: [[1, 2], [3]], item_variable: "row" }, "inner"),
        stage("inner", "foreach", {
          items: "{{ row }}",
          loop_stages: ["cell"],
          item_variable: "x",
          index_variable: "j",
        }),
        stage("cell", "step", { value: "{{ upstream.base.n }}:{{ x }}:{{ j }}:{{ index }}" }),
        stage("end", "step", { value: "{{ upstream.each.results }}" }),
      ),
    );
    expect((result.output as readonly JsonObject[]).map((each) => each["results"])).toEqual([
      ["100:1:0:0", "100:2:1:0"],
      ["100:3:0:1"],
    ]);
  });

  test("rounds that run at the same time share no variables", async () => {
    const executor = heldExecutor();
    const { run } = begin(
      pipelineOf(
        loop({ items: ["a", "b"], parallel: 2 }, "set", "read"),
        stage("set", "variable_set", { name: "mine", value: "{{ item }}" }),
        stage("read", "step", { value: "{{ vars.mine }}{{ context.mine }}" }, { depends_on: ["set"] }),
      ),
      { executor },
    );
    await settled();
    while (executor.running.length > 0) await executor.release(executor.running.length - 1);
    expect(outputOf(await run.finished)).toMatchObject({ results: ["aa", "bb"] });
  });

  test("a branch inside a loop", async () => {
    const { result, state } = await finish(
      pipelineOf(
        loop({ items: [true, false] }, "check"),
        stage("check", "conditional", { taken: "{{ item }}", true_stages: ["yes"], false_stages: ["no"] }),
        stage("yes", "step"),
        stage("no", "step"),
      ),
    );
    expect(outputOf(result)).toMatchObject({ results: [{ id: "yes" }, { id: "no" }] });
    expect(statuses(state)).toMatchObject({ "each[0]/no": "skipped", "each[1]/yes": "skipped" });
  });

  test("return inside a loop ends the pipeline", async () => {
    const { result, state } = await finish(
      pipelineOf(
        loop({ items: [1, 2, 3] }, "stop"),
        stage("stop", "return", { value: "{{ item }}" }, { when: "index" }),
        stage("end", "step", {}, { depends_on: ["each"] }),
      ),
    );
    expect(result).toEqual({ status: "succeeded", output: 2, failure: null });
    expect(statuses(state)).toEqual({
      each: "cancelled",
      "each[0]/stop": "skipped",
      "each[1]/stop": "succeeded",
      end: "skipped",
    });
  });

  test("a loop takes up no room while its rounds run", async () => {
    const { result } = await finish({
      ...pipelineOf(
        loop({ items: [[1], [2]], parallel: 2 }, "inner"),
        stage("inner", "foreach", { items: "{{ item }}", loop_stages: ["cell"] }),
        stage("cell", "step"),
      ),
      concurrency: { max_parallel: 1 },
    });
    expect(result.status).toBe("succeeded");
  });

  test("the map dialect: bodies are written inside, and named by their own names", async () => {
    const { result } = await finish({
      name: "test",
      stages: {
        each: {
          component: "foreach",
          config: { items: [1, 2] },
          loop_stages: {
            double: { component: "step", config: { value: "{{item}}{{item}}" } },
            wrap: {
              component: "step",
              config: { value: "<{{stages.double.output}}>" },
              depends_on: ["double"],
              outputs: { text: "{{output}}" },
            },
          },
        },
      },
      output_stage: "each",
    });
    expect(outputOf(result)).toMatchObject({
      results: [
        { output: "<11>", text: "<11>" },
        { output: "<22>", text: "<22>" },
      ],
    });
  });
});

describe("outputs that a file adds to an owner", () => {
  test("see its whole output, and what a try ran", async () => {
    const { result } = await finish({
      name: "test",
      stages: {
        each: {
          component: "foreach",
          config: { items: [1, 2] },
          loop_stages: { body: { component: "step", config: { value: "{{ item }}" } } },
          outputs: { last: "{{ output.results[-1] }}" },
        },
        guard: {
          component: "trycatch",
          try_stages: { risky: { component: "step", config: { value: { x: 5 } } } },
          outputs: { x: "{{ stages.risky.x }}", status_is: "{{ output.status }}" },
        },
        end: {
          component: "step",
          config: {
            value: ["{{ stages.each.last }}", "{{ stages.guard.x }}", "{{ stages.guard.status_is }}"],
          },
        },
      },
      output_stage: "end",
    });
    expect(result.output).toEqual([2, 5, "success"]);
  });
});

describe("trycatch", () => {
  const attempt = (config: JsonObject, fail: string | null): object =>
    pipelineOf(
      stage("guard", "trycatch", {
        try_stages: ["risky"],
        catch_stages: ["mend"],
        finally_stages: ["tidy"],
        ...config,
      }),
      stage("risky", "step", { value: "fine", fail }),
      stage("mend", "step", { value: "{{ error_type }}: {{ upstream.guard.error }}" }),
      stage("tidy", "step"),
      stage("end", "step", {
        value: {
          status: "{{ upstream.guard.status }}",
          tried: "{{ upstream.guard.try_result }}",
          caught: "{{ upstream.guard.catch_result }}",
        },
      }),
    );

  test("no failure: no catch, but finally", async () => {
    const { result, state } = await finish(attempt({}, null));
    expect(result.output).toEqual({ status: "success", tried: "fine", caught: null });
    expect(statuses(state)).toEqual({
      end: "succeeded",
      guard: "succeeded",
      "guard.finally#1/tidy": "succeeded",
      "guard.try#1/risky": "succeeded",
    });
  });

  test("a failure is caught, and finally runs", async () => {
    const { result, state } = await finish(attempt({}, "EXECUTION"));
    expect(result.output).toEqual({ status: "caught", tried: null, caught: "EXECUTION: failed as told" });
    expect(statuses(state)).toMatchObject({
      "guard.catch#1/mend": "succeeded",
      "guard.finally#1/tidy": "succeeded",
      "guard.try#1/risky": "failed",
    });
  });

  test("one that is not listed goes on after finally, or ends there", async () => {
    const propagated = await finish(attempt({ types: ["TimeoutError"] }, "EXECUTION"));
    expect(propagated.result.failure).toMatchObject({ stage: "guard", type: "EXECUTION" });
    expect(statuses(propagated.state)).toMatchObject({ "guard.finally#1/tidy": "succeeded", end: "skipped" });
    const swallowed = await finish(attempt({ types: ["TimeoutError"], swallow: true }, "EXECUTION"));
    expect(swallowed.result.output).toMatchObject({ status: "error" });
  });

  test("tries again, each time in a frame of its own", async () => {
    const { state } = await finish(attempt({ retries: 2 }, "EXECUTION"));
    expect(Object.keys(statuses(state)).filter((key) => key.endsWith("risky"))).toEqual([
      "guard.try#1/risky",
      "guard.try#2/risky",
      "guard.try#3/risky",
    ]);
  });

  test("a failing loop inside a try is caught", async () => {
    const { result } = await finish(
      pipelineOf(
        stage("guard", "trycatch", { try_stages: ["each"], catch_stages: ["mend"] }),
        loop({ items: ["EXECUTION"] }, "body"),
        stage("body", "step", { fail: "{{ item }}" }),
        stage("mend", "step", { value: "{{ error_message }}" }),
      ),
    );
    expect(outputOf(result)).toMatchObject({
      status: "caught",
      catch_result: 'Item 0 failed at "body": failed as told',
    });
  });

  test("a stage of the try arm can be read from outside", async () => {
    const { result } = await finish(
      pipelineOf(
        stage("guard", "trycatch", { try_stages: ["risky"] }),
        stage("risky", "step", { value: { x: 4 } }),
        stage("end", "step", { value: "{{ upstream.risky.x }}" }),
      ),
    );
    expect(result.output).toBe(4);
  });
});
