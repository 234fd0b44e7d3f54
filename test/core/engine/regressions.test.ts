import { describe, expect, test } from "vitest";
import { componentDefinitions } from "#core/component-definitions";
import { createExecutor } from "#core/components";
import { planRun } from "#core/engine";
import { foldRun } from "#core/journal";
import { parsePipeline } from "#core/pipeline";
import type { JsonObject } from "#core/ports";
import { createNodePorts } from "#host";
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

// Weak points of FlowMason's own engine (facts, section 8), by their numbers there: each must stay away from ours.
describe("what must not come back", () => {
  test("5: a skip is transitive: what depends on a skipped stage does not run and fail on its missing keys", async () => {
    const { result, state } = await finish(
      pipelineOf(
        stage("choose", "conditional", { taken: "true", true_stages: ["yes"], false_stages: ["no"] }),
        stage("yes", "step", { value: 1 }),
        stage("no", "step", { value: { text: "x" } }),
        stage("uses", "step", { value: "{{ upstream.no.text }}" }, { depends_on: ["no"] }),
        stage("uses2", "step", { value: "{{ upstream.uses }}" }, { depends_on: ["uses"] }),
      ),
    );
    expect(result.status).toBe("succeeded");
    expect(statuses(state)).toMatchObject({ no: "skipped", uses: "skipped", uses2: "skipped" });
  });

  test("6: templates have list indexes, filters, defaults, a ternary and objects of their own", async () => {
    const { result } = await finish(
      pipelineOf(
        stage("a", "step", { value: { list: [1, 2, 3], name: "x" } }),
        stage("b", "step", {
          value: [
            "{{ upstream.a.list[0] }}",
            "{{ upstream.a.list | length }}",
            "{{ upstream.a.missing | default('none') }}",
            "{{ 'many' if upstream.a.list[-1] > 2 else 'few' }}",
            "{{ {'name': upstream.a.name, 'n': len(upstream.a.list)} }}",
          ],
        }),
      ),
    );
    expect(result.output).toEqual([1, 3, "none", "many", { name: "x", n: 3 }]);
  });

  test("8: a sub-pipeline really runs: its stages are in the journal and its result is no null", async () => {
    const child = { ...pipelineOf(stage("x", "step", { value: "done" })), name: "child" };
    const { result, state } = await finish(pipelineOf(stage("c", "subpipeline", { pipeline_id: "child" })), {
      plan: { pipelines: catalogOf({ "child.json": child }) },
    });
    expect(result.output).toMatchObject({ status: "completed", result: "done" });
    expect(statuses(state)["c>child/x"]).toBe("succeeded");
  });

  test("9: rounds at the same time do not share variables, control flow nests, and all of it is told", async () => {
    const executor = heldExecutor();
    const stops: string[] = [];
    const { run, journal } = begin(
      pipelineOf(
        stage("outer", "foreach", { items: [1, 2], parallel: 2, loop_stages: ["guard"] }),
        stage("guard", "trycatch", { try_stages: ["inner"] }),
        stage("inner", "foreach", {
          items: ["a", "b"],
          parallel: 2,
          loop_stages: ["leaf"],
          item_variable: "letter",
        }),
        stage("leaf", "step", { value: "{{ item }}{{ letter }}" }),
        stage("end", "step", { value: "{{ [g.try_result.results for g in upstream.outer.results] }}" }),
      ),
      {
        executor,
        gate: ({ kind, address }) => {
          if (kind === "before") stops.push(`${address.frames.length}`);
          return undefined;
        },
      },
    );
    await settled();
    for (let turn = 1; executor.running.length > 0; turn++)
      await executor.release((turn * 7) % executor.running.length);
    expect((await run.finished).output).toEqual([
      ["1a", "1b"],
      ["2a", "2b"],
    ]);
    expect(Object.keys(statuses(foldRun(journal.events)))).toContain("outer[1]/guard.try#1/inner[0]/leaf");
    // A debugger can stop in each of them.
    expect(stops.filter((depth) => depth === "3")).toHaveLength(4);
  });

  test("10: no barrier: a stage starts when what it depends on has ended, whatever else is still at work", async () => {
    const executor = heldExecutor();
    const { run } = begin(
      pipelineOf(
        stage("slow", "step"),
        stage("quick", "step"),
        stage("next", "step", {}, { depends_on: ["quick"] }),
      ),
      { executor },
    );
    await settled();
    await executor.release(1);
    expect(executor.running.map(({ address }) => address.stage)).toEqual(["slow", "next"]);
    await executor.release(1);
    await executor.release(0);
    await run.finished;
  });

  test("11: cancelling stops what runs: executors are told, nothing starts any more, the run ends cancelled", async () => {
    const told: string[] = [];
    const { run, journal } = begin(
      pipelineOf(stage("a", "step"), stage("b", "step", {}, { depends_on: ["a"] })),
      {
        executor: {
          run: (attempt, _, signal) =>
            new Promise<void>((resolve) => {
              signal.addEventListener("abort", () => {
                told.push(attempt.address.stage);
                resolve();
              });
            }),
        },
      },
    );
    await settled();
    run.cancel();
    expect((await run.finished).status).toBe("cancelled");
    expect(told).toEqual(["a"]);
    expect(statuses(foldRun(journal.events))).toEqual({ a: "cancelled", b: "skipped" });
  });

  test("13: what a call used is null where the provider did not say, and never 0", async () => {
    const { run, journal } = begin(pipelineOf(stage("a", "step")), {
      executor: {
        run: (_, emit) => {
          const usage = { provider: "p", model: "m", inputTokens: null, outputTokens: null, durationMs: 3 };
          emit({ kind: "model-answered", usage });
          emit({ kind: "succeeded", output: "text" });
        },
      },
    });
    await run.finished;
    const usage = foldRun(journal.events).stages.get("a")?.usage;
    expect(usage).toEqual([
      { provider: "p", model: "m", inputTokens: null, outputTokens: null, durationMs: 3 },
    ]);
    expect(
      Object.entries(usage?.[0] ?? {}).filter(([name, value]) => name !== "durationMs" && value === 0),
    ).toEqual([]);
  });

  test("15: the value of a return is the output of the run", async () => {
    const { result } = await finish(
      pipelineOf(
        stage("a", "step", { value: { n: 1 } }),
        stage("r", "return", { value: "{{ upstream.a }}" }),
        stage("never", "step", {}, { depends_on: ["r"] }),
      ),
    );
    expect(result).toMatchObject({ status: "succeeded", output: { n: 1 } });
  });

  test("16: what is extended or composed is never left out: a child without stages does not succeed with nothing", async () => {
    const child = { name: "child", extends: "base", stages: [], overrides: {} };
    expect(refusals(child)).not.toEqual([]);
    const composed = { ...pipelineOf(), compositions: [{ id: "x", pipeline: "gone" }] };
    expect(refusals(composed)).not.toEqual([]);
    const base = { ...pipelineOf(stage("a", "abstract")), name: "base", abstract: true };
    expect(refusals(base)).not.toEqual([]);
    const { result } = await finish(pipelineOf());
    expect(result).toMatchObject({
      status: "failed",
      failure: { message: expect.stringContaining("no stages") },
    });
  });

  test("17: variable_set sets: later stages see the value, as vars and in context", async () => {
    const pipeline: JsonObject = {
      name: "p",
      stages: [
        { id: "set", component_type: "variable_set", config: { name: "who", value: "Ada" } },
        {
          id: "read",
          component_type: "json_transform",
          config: { template: "{{ vars.who }} {{ context.who }}" },
          depends_on: ["set"],
        },
      ],
    };
    const planned = planRun(parsePipeline(JSON.stringify(pipeline)), {
      input: {},
      definitions: componentDefinitions,
    });
    expect(planned.ok).toBe(true);
    const { result } = await finish(pipeline, {
      plan: { definitions: componentDefinitions },
      executor: createExecutor(createNodePorts({ workspaceRoot: "/", env: {}, providers: {} })),
    });
    expect(result.output).toBe("Ada Ada");
  });
});
