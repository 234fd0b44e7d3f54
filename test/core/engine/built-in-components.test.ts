import { describe, expect, test } from "vitest";
import { componentDefinitions } from "#core/component-definitions";
import { createExecutor } from "#core/components";
import type { RunOptions } from "#core/engine";
import type { ExecutionPorts, HttpRequest, ModelRequest } from "#core/ports";
import { finish, manualClock, pipelineOf, stage, statuses } from "./support/index.ts";

/** Ports that answer at once with what they were asked, and remember it. */
function echoPorts(): { readonly ports: ExecutionPorts; readonly asked: (HttpRequest | ModelRequest)[] } {
  const asked: (HttpRequest | ModelRequest)[] = [];
  return {
    asked,
    ports: {
      clock: manualClock(),
      http: {
        send: async (request) => {
          asked.push(request);
          return {
            ok: true,
            response: {
              status: 200,
              headers: {},
              body: '{"rows":[{"n":1},{"n":5},{"n":9}]}',
              url: request.url,
            },
          };
        },
      },
      models: {
        generate: async (request, onDelta) => {
          asked.push(request);
          const text = request.messages.at(-1)?.content ?? "";
          onDelta(text);
          const usage = {
            provider: request.provider,
            model: "echo",
            inputTokens: null,
            outputTokens: null,
            durationMs: 0,
          };
          return { ok: true, text, finishReason: "stop", usage };
        },
      },
      files: {
        read: async () => undefined,
        list: async () => [],
        write: async () => ({ ok: true }),
      },
      secrets: { get: async () => undefined },
      processes: { run: async () => Promise.reject(new Error("no program runs here")) },
      people: { ask: async () => ({ kind: "unanswerable", reason: "no one is here" }) },
    },
  };
}

function withBuiltIns(): {
  readonly asked: readonly (HttpRequest | ModelRequest)[];
  readonly options: Partial<RunOptions> & {
    plan: { definitions: typeof componentDefinitions; input: { url: string } };
  };
} {
  const { ports, asked } = echoPorts();
  return {
    asked,
    options: {
      executor: createExecutor(ports),
      plan: { definitions: componentDefinitions, input: { url: "http://example.test/rows" } },
    },
  };
}

describe("the built-in components in a run", () => {
  test("data flows through all ten", async () => {
    const { options, asked } = withBuiltIns();
    const { result, state } = await finish(
      {
        ...pipelineOf(
          stage("fetch", "http-request", { url: "{{ input.url }}" }),
          stage("valid", "schema_validate", {
            data: "{{ upstream.fetch.body }}",
            json_schema: { type: "object", required: ["rows"] },
          }),
          stage("rows", "json_transform", {
            data: "{{ upstream.valid.data }}",
            jmespath_expression: "rows[].n",
          }),
          stage("big", "filter", {
            data: "{{ upstream.rows.result }}",
            filter_mode: "filter_array",
            condition: "item > 2",
          }),
          stage("limit", "variable_set", { name: "limit", value: "{{ len(upstream.big.data) }}" }),
          stage(
            "many",
            "conditional",
            {
              condition: "{{ vars.limit }} >= 2",
              true_branch_stages: ["each"],
              false_branch_stages: ["stop"],
            },
            { depends_on: ["limit"] },
          ),
          stage("stop", "return", { return_value: "too few" }),
          stage("each", "foreach", {
            items: "{{ upstream.big.data }}",
            loop_stages: ["say"],
            parallel: true,
          }),
          stage("say", "generator", { prompt: "n={{ item }} of {{ vars.limit }}" }),
          stage("note", "logger", {
            message: "said {{ upstream.each.results[0].content }}",
            level: "WARNING",
          }),
        ),
        output_stage_id: "each",
      },
      options,
    );
    expect(result.failure).toBeNull();
    expect(result.output).toMatchObject({
      results: [{ content: "n=5 of 2" }, { content: "n=9 of 2" }],
      total_items: 2,
    });
    expect(statuses(state)).toMatchObject({ stop: "skipped", note: "succeeded", "each[1]/say": "succeeded" });
    expect(asked[0]).toMatchObject({ url: "http://example.test/rows", method: "GET" });
    expect(asked[1]).toMatchObject({ provider: "anthropic", model: null });
  });

  test("an expression that a component evaluates itself makes its stage wait, and be skipped with what it names", async () => {
    const { options } = withBuiltIns();
    const { state } = await finish(
      pipelineOf(
        stage("check", "conditional", { condition: "upstream.off.level > 1" }),
        stage("off", "logger", { message: "x" }, { enabled: false }),
        stage("other", "filter", { data: [1], condition: "len(data) == upstream.late.n" }),
        stage("late", "json_transform", { template: { n: 1 } }),
      ),
      options,
    );
    expect(statuses(state)).toEqual({
      check: "skipped",
      late: "succeeded",
      off: "skipped",
      other: "succeeded",
    });
  });

  test("the map dialect: arms by skip_if, branch_taken as a boolean, names in a catch", async () => {
    const { options } = withBuiltIns();
    const { result, state } = await finish(
      {
        name: "map",
        stages: {
          check: { component: "conditional", config: { condition: "{{ true }}" } },
          yes: {
            component: "generator",
            depends_on: ["check"],
            skip_if: "{{ not stages.check.branch_taken }}",
            config: { user_prompt: "yes" },
          },
          no: {
            component: "generator",
            depends_on: ["check"],
            skip_if: "{{ stages.check.branch_taken }}",
            config: { user_prompt: "no" },
          },
          guard: {
            component: "trycatch",
            depends_on: ["yes"],
            config: { error_scope: "continue" },
            try_stages: {
              risky: { component: "json_transform", config: { data: "{{ stages.yes.nothing_there }}" } },
            },
            catch_stages: { mend: { component: "generator", config: { user_prompt: "{{ error_type }}" } } },
          },
        },
        output_stage: "guard",
      },
      options,
    );
    expect(statuses(state)).toMatchObject({
      check: "succeeded",
      no: "skipped",
      yes: "succeeded",
      "guard.try#1/risky": "failed",
    });
    expect(result.output).toMatchObject({ status: "caught", catch_result: { content: "EXPRESSION" } });
  });

  test("the run's provider replaces what stages say", async () => {
    const { options, asked } = withBuiltIns();
    await finish(
      pipelineOf(
        stage("say", "generator", { prompt: "hi", provider: "openai", model: "gpt-4o", temperature: 0.2 }),
      ),
      {
        ...options,
        plan: { ...options.plan, provider: "offline" },
      },
    );
    expect(asked).toMatchObject([{ provider: "offline", model: null, temperature: 0.2 }]);
  });
});

test("a failed stage is named once, whether the engine or the component reads it", async () => {
  const { options } = withBuiltIns();
  const cleanUp = { depends_on: ["a"], trigger_rule: "all_done", on_error: "continue" };
  const fails = stage("a", "json_transform", { template: "{{ 1 / 0 }}" });
  const deferred = stage("b", "json_transform", { template: "{{ upstream.a }}" }, cleanUp);
  const resolved = stage("c", "logger", { message: "{{ upstream.a }}" }, cleanUp);
  const { state } = await finish(pipelineOf(fails, deferred, resolved), options);
  const reason =
    "stage \"a\" failed: template: 1 / 0 is a division by zero; guard it, as in a / b if b else 0. If that may be, guard it, as in ?? 'none'.";
  expect(state.stages.get("b")?.failure?.message).toBe(`template: ${reason}`);
  expect(state.stages.get("c")?.failure?.message).toBe(`message: ${reason}`);
});

test("variables of the environment are read one by one, by the engine and by components", async () => {
  const { options } = withBuiltIns();
  const plan = { ...options.plan, env: { NAME: "ada", KEY: "hidden" } };
  const template = {
    plain: "{{ env.NAME }}",
    got: "{{ env.get('NAME', 'x') }}",
    none: "{{ env.NONE ?? 'none' }}",
  };
  const read = { plain: "ada", got: "ada", none: "none" };
  const { result } = await finish(
    pipelineOf(stage("a", "json_transform", { template }), stage("r", "return", { return_value: template })),
    { ...options, plan },
  );
  expect(result.output).toEqual(read);
  for (const whole of [
    stage("a", "json_transform", { template: "{{ env }}" }),
    stage("a", "logger", { message: "{{ env }}" }),
  ]) {
    const refused = await finish(pipelineOf(whole), { ...options, plan });
    expect(refused.result.failure).toMatchObject({ type: "EXPRESSION", stage: "a" });
    expect(JSON.stringify(refused.journal.events)).not.toContain("hidden");
  }
});
