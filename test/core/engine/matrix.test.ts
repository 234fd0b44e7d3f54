import { describe, expect, test } from "vitest";
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

const legsOf = async (matrix: Json, input: JsonObject = {}): Promise<Json | undefined> => {
  const { result } = await finish(
    pipelineOf(stage("test", "step", { value: "{{ matrix }}" }, { strategy: { matrix } })),
    { plan: { input } },
  );
  if (result.failure !== null) throw new Error(result.failure.message);
  return (result.output as JsonObject)["results"];
};

// "Running variations of jobs in a workflow", GitHub Docs, as it is printed there.
describe("the examples of GitHub's documentation", () => {
  test("using a multi-dimension matrix: six legs, in this order", async () => {
    expect(await legsOf({ version: [10, 12, 14], os: ["ubuntu-latest", "windows-latest"] })).toEqual([
      { version: 10, os: "ubuntu-latest" },
      { version: 10, os: "windows-latest" },
      { version: 12, os: "ubuntu-latest" },
      { version: 12, os: "windows-latest" },
      { version: 14, os: "ubuntu-latest" },
      { version: 14, os: "windows-latest" },
    ]);
  });

  test("a variable of objects", async () => {
    const node = [{ version: 14 }, { version: 20, env: "NODE_OPTIONS=--openssl-legacy-provider" }];
    expect(await legsOf({ os: ["ubuntu-latest", "macos-latest"], node })).toEqual([
      { os: "ubuntu-latest", node: { version: 14 } },
      { os: "ubuntu-latest", node: { version: 20, env: "NODE_OPTIONS=--openssl-legacy-provider" } },
      { os: "macos-latest", node: { version: 14 } },
      { os: "macos-latest", node: { version: 20, env: "NODE_OPTIONS=--openssl-legacy-provider" } },
    ]);
  });

  test("using contexts to create matrices", async () => {
    expect(await legsOf({ version: "{{ input.versions }}" }, { versions: [12, 14, 16] })).toEqual([
      { version: 12 },
      { version: 14 },
      { version: 16 },
    ]);
  });

  test("expanding or adding matrix configurations", async () => {
    expect(
      await legsOf({
        fruit: ["apple", "pear"],
        animal: ["cat", "dog"],
        include: [
          { color: "green" },
          { color: "pink", animal: "cat" },
          { fruit: "apple", shape: "circle" },
          { fruit: "banana" },
          { fruit: "banana", animal: "cat" },
        ],
      }),
    ).toEqual([
      { fruit: "apple", animal: "cat", color: "pink", shape: "circle" },
      { fruit: "apple", animal: "dog", color: "green", shape: "circle" },
      { fruit: "pear", animal: "cat", color: "pink" },
      { fruit: "pear", animal: "dog", color: "green" },
      { fruit: "banana" },
      { fruit: "banana", animal: "cat" },
    ]);
  });

  test("expanding configurations", async () => {
    expect(
      await legsOf({
        os: ["windows-latest", "ubuntu-latest"],
        node: [14, 16],
        include: [{ os: "windows-latest", node: 16, npm: 6 }],
      }),
    ).toEqual([
      { os: "windows-latest", node: 14 },
      { os: "windows-latest", node: 16, npm: 6 },
      { os: "ubuntu-latest", node: 14 },
      { os: "ubuntu-latest", node: 16 },
    ]);
  });

  test("adding configurations, and having nothing else", async () => {
    const legs = await legsOf({
      os: ["macos-latest", "windows-latest", "ubuntu-latest"],
      version: [12, 14, 16],
      include: [{ os: "windows-latest", version: 17 }],
    });
    expect(legs).toHaveLength(10);
    expect((legs as readonly Json[]).at(-1)).toEqual({ os: "windows-latest", version: 17 });
    const include = [
      { site: "production", datacenter: "site-a" },
      { site: "staging", datacenter: "site-b" },
    ];
    expect(await legsOf({ include })).toEqual(include);
  });

  test("excluding matrix configurations: nine legs", async () => {
    const legs = (await legsOf({
      os: ["macos-latest", "windows-latest"],
      version: [12, 14, 16],
      environment: ["staging", "production"],
      exclude: [
        { os: "macos-latest", version: 12, environment: "production" },
        { os: "windows-latest", version: 16 },
      ],
    })) as readonly JsonObject[];
    expect(legs).toHaveLength(9);
    expect(legs).not.toContainEqual({ os: "macos-latest", version: 12, environment: "production" });
    expect(legs.some(({ os, version }) => os === "windows-latest" && version === 16)).toBe(false);
  });

  test("include comes after exclude, so that it can bring back what was excluded", async () => {
    expect(await legsOf({ n: [1, 2], exclude: [{ n: 2 }], include: [{ n: 2, again: true }] })).toEqual([
      { n: 1 },
      { n: 2, again: true },
    ]);
  });
});

describe("a stage with a matrix", () => {
  test("waits and is waited for as one stage, runs a frame for each leg, and collects what they gave", async () => {
    const { result, state } = await finish(
      pipelineOf(
        stage("versions", "step", { value: [1, 2] }),
        stage(
          "test",
          "step",
          { value: "{{ upstream.base }}{{ matrix.v }}" },
          { strategy: { matrix: { v: "{{ upstream.versions }}" } } },
        ),
        stage("base", "step", { value: "v" }),
        stage("end", "step", { value: "{{ upstream.test }}" }),
      ),
    );
    expect(result.output).toEqual({
      total_legs: 2,
      matrix: [{ v: 1 }, { v: 2 }],
      results: ["v1", "v2"],
    });
    expect(Object.keys(statuses(state))).toEqual([
      "base",
      "end",
      "test",
      "test[0]/test",
      "test[1]/test",
      "versions",
    ]);
  });

  test("lets max_parallel legs run at the same time, and keeps their order whatever ends first", async () => {
    const executor = heldExecutor();
    const { run } = begin(
      pipelineOf(
        stage(
          "t",
          "step",
          { value: "{{ matrix.n }}" },
          { strategy: { matrix: { n: [1, 2, 3] }, max_parallel: 2 } },
        ),
      ),
      { executor },
    );
    await settled();
    expect(executor.running).toHaveLength(2);
    await executor.release(1);
    expect(executor.running).toHaveLength(2);
    await executor.release(1);
    await executor.release(0);
    expect((await run.finished).output).toMatchObject({ results: [1, 2, 3] });
  });

  const failing = (more: JsonObject): JsonObject =>
    stage(
      "t",
      "step",
      { fail: "{{ 'EXECUTION' if matrix.n == 1 else null }}", value: "{{ matrix.n }}" },
      { strategy: { matrix: { n: [0, 1, 2, 3] }, max_parallel: 2, ...more } },
    );

  test("fail_fast stops the other legs; without it they end, and the stage fails all the same", async () => {
    const fast = await finish(pipelineOf(failing({})));
    expect(fast.result.failure).toMatchObject({
      type: "EXECUTION",
      stage: "t",
      message: "The leg n: 1 failed: failed as told",
    });
    expect(statuses(fast.state)).not.toHaveProperty("t[3]/t");
    const slow = await finish(pipelineOf(failing({ "fail-fast": false })));
    expect(slow.result.failure?.stage).toBe("t");
    expect(statuses(slow.state)).toMatchObject({
      "t[0]/t": "succeeded",
      "t[2]/t": "succeeded",
      "t[3]/t": "succeeded",
    });
  });

  test("each leg has the retries and the limit of the stage; on_error is about all of them", async () => {
    const { run, journal, clock } = begin(
      pipelineOf(
        stage(
          "t",
          "step",
          { fail: "CONNECTIVITY", recoverable: true },
          {
            strategy: { matrix: { n: [1, 2] }, fail_fast: false },
            retry: { max_retries: 1, initial_delay_ms: 10 },
            on_error: "continue",
          },
        ),
        stage("end", "step", { value: "{{ upstream.t }}" }, { depends_on: ["t"] }),
      ),
    );
    await settled();
    await clock.advance(1000);
    expect((await run.finished).output).toEqual({ id: "end" });
    const attempts = journal.events.filter(({ kind }) => kind === "stage-failed");
    expect(attempts).toHaveLength(5);
    expect(statuses(foldRun(journal.events))).toMatchObject({
      t: "failed",
      "t[1]/t": "failed",
      end: "succeeded",
    });
  });

  test("is skipped as a whole, without legs", async () => {
    const strategy = { matrix: { n: [1] } };
    const { state } = await finish(
      pipelineOf(
        stage("off", "step", {}, { enabled: false }),
        stage("when", "step", {}, { strategy, when: "false" }),
        stage(
          "needs",
          "step",
          { value: "{{ upstream.off }} {{ matrix.n }}" },
          { strategy, trigger_rule: "always" },
        ),
        stage("ok", "step"),
      ),
    );
    expect(statuses(state)).toEqual({ off: "skipped", when: "skipped", needs: "skipped", ok: "succeeded" });
  });

  test("can be a loop, a try or a call, with all that they own in each leg", async () => {
    const strategy = { matrix: { n: [1, 2] } };
    const double = { ...pipelineOf(stage("x", "step", { value: "{{ input.n * 2 }}" })), name: "double" };
    const { result, state } = await finish(
      pipelineOf(
        stage("each", "foreach", { items: ["a", "b"], loop_stages: ["body"] }, { strategy }),
        stage("body", "step", { value: "{{ item }}{{ matrix.n }}{{ upstream.each.current_index }}" }),
        stage("guard", "trycatch", { try_stages: ["bad"], catch_stages: ["mend"] }, { strategy }),
        stage("bad", "step", { fail: "EXECUTION" }),
        stage("mend", "step", { value: "{{ matrix.n }} {{ error_type }}" }),
        stage(
          "call",
          "subpipeline",
          { pipeline_id: "double", input_data: { n: "{{ matrix.n }}" } },
          { strategy },
        ),
        stage("end", "step", {
          value: [
            "{{ [r.results for r in upstream.each.results] }}",
            "{{ [r.catch_result for r in upstream.guard.results] }}",
            "{{ [r.result for r in upstream.call.results] }}",
          ],
        }),
      ),
      { plan: { pipelines: catalogOf({ "double.json": double }) } },
    );
    expect(result.output).toEqual([
      [
        ["a10", "b11"],
        ["a20", "b21"],
      ],
      ["1 EXECUTION", "2 EXECUTION"],
      [2, 4],
    ]);
    expect(Object.keys(statuses(state))).toContain("each[1]/each[0]/body");
    expect(Object.keys(statuses(state))).toContain("call[1]/call>double/x");
  });

  test("returns out of a leg, and the others are cancelled", async () => {
    const executor = heldExecutor();
    const { run } = begin(
      pipelineOf(stage("r", "return", { value: "{{ matrix.n }}" }, { strategy: { matrix: { n: [1, 2] } } })),
      { executor },
    );
    await settled();
    await executor.release(1);
    expect(await run.finished).toMatchObject({ status: "succeeded", output: 2 });
  });
});

describe("a matrix that cannot be", () => {
  const told = (strategy: JsonObject, more: JsonObject = {}) =>
    refusals(pipelineOf({ ...stage("t", "step", { value: "{{ matrix.n }}" }, { strategy }), ...more }));

  test("is refused before the run where it is known", () => {
    const many = Array.from({ length: 17 }, (_, n) => n);
    expect(told({ matrix: { n: many, m: many } })).toEqual([
      expect.stringContaining("has 289 legs, and at most 256"),
    ]);
    expect(told({ matrix: { n: many, m: many.slice(1), exclude: [{ n: 0 }] } })).toEqual([]);
    expect(told({ matrix: { n: 1 } })).toEqual([expect.stringContaining('needs a list for "n"')]);
    expect(told({ matrix: { n: [] } })).toEqual([expect.stringContaining('no value for "n"')]);
    expect(told({ matrix: { n: [1], exclude: [{ n: 1 }] } })).toEqual([
      expect.stringContaining("leaves nothing"),
    ]);
    expect(told({ matrix: { n: [1], exclude: [{ m: 1 }] } })).toEqual([
      expect.stringContaining('excludes by "m"'),
    ]);
    expect(told({ matrix: { n: [1] }, max_parallel: 0 })).toEqual([expect.stringContaining("max_parallel")]);
    expect(told({ max_parallel: 2 })).toEqual([expect.stringContaining("has no matrix")]);
    expect(told({ matrix: { n: [1] } }, { component_type: "conditional" })).toEqual([
      expect.stringContaining("A conditional decides which stages run"),
    ]);
    expect(refusals(pipelineOf(stage("t", "step", { value: "{{ matrix.n }}" })))).toEqual([
      expect.stringContaining('reads "matrix", and neither it nor a stage around it has one'),
    ]);
  });

  test("is a failure of the stage where an expression gives it", async () => {
    const { result, state } = await finish(
      pipelineOf(stage("t", "step", {}, { strategy: { matrix: { n: "{{ input.n }}" } } })),
      { plan: { input: { n: [] } } },
    );
    expect(result.failure).toMatchObject({ type: "VALIDATION", stage: "t", field: "strategy" });
    expect(statuses(state)).toEqual({ t: "failed" });
  });
});
