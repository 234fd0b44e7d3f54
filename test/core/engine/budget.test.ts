import { describe, expect, test } from "vitest";
import { componentDefinitions } from "#core/component-definitions";
import { createExecutor } from "#core/components";
import { type PlanOptions, planRun, type RunResult, startRun } from "#core/engine";
import { createMemoryJournal, foldRun, type JournalEvent } from "#core/journal";
import { noBudget, parsePipeline } from "#core/pipeline";
import type { ExecutionPorts, ModelUsage } from "#core/ports";
import { createNodePorts } from "#host";
import { manualClock, settled, stage, statuses } from "./support/index.ts";

const call = { provider: "local", model: "m", durationMs: 1 };
const used = { ...call, inputTokens: 60, outputTokens: 40, costUsd: 0.01 };
const asks = (id: string, more: object = {}): object => stage(id, "generator", { prompt: id, ...more });
const inARow = [
  asks("a"),
  asks("b", { prompt: "{{ a.content }}" }),
  asks("c", { prompt: "{{ b.content }}" }),
];

describe("tokens and cost", () => {
  test.each([
    [{ tokens: 150 }, "tokens", 150, 200, /budget of 150 tokens: 200 were used, the last by stage "b"/],
    [{ cost_usd: 0.015 }, "cost_usd", 0.015, 0.02, /budget of \$0\.015: \$0\.02 were spent.*stage "b"/],
  ])("%j stops the run at the stage that goes over", async (budget, cap, limit, sum, message) => {
    const { result, events } = await run({ budget, stages: inARow }, () => used);
    expect(result).toMatchObject({
      status: "failed",
      failure: {
        type: "EXECUTION",
        recoverable: false,
        message: expect.stringMatching(message),
        details: { cap, limit, used: sum },
      },
    });
    expect(statuses(foldRun(events))).toEqual({ a: "succeeded", b: "cancelled", c: "skipped" });
  });

  test.each([{ tokens: 300 }, { cost_usd: 0.03 }])("what is used up exactly is within %j", async (budget) => {
    expect((await run({ budget, stages: inARow }, () => used)).result.status).toBe("succeeded");
  });

  test("siblings are told to stop", async () => {
    const slow = Promise.withResolvers<void>();
    const stages = [asks("slow"), asks("dear")];
    const { result, events } = await run({ budget: { tokens: 50 }, stages }, async (prompt, signal) => {
      if (prompt === "dear") return used;
      signal.addEventListener("abort", () => slow.resolve());
      await slow.promise;
      return used;
    });
    expect(result.failure?.message).toContain('the last by stage "dear"');
    expect(statuses(foldRun(events))).toEqual({ slow: "cancelled", dear: "cancelled" });
  });

  test("what is said for one run goes before what the pipeline says", async () => {
    const stages = inARow;
    const lower = { ...noBudget, tokens: 150 };
    const stopped = await run({ budget: { tokens: 1000 }, stages }, () => used, { budget: lower });
    expect(stopped.result.failure?.details).toMatchObject({ limit: 150 });
    const higher = { ...noBudget, tokens: 999 };
    const done = await run({ budget: { tokens: 150 }, stages }, () => used, { budget: higher });
    expect(done.result.status).toBe("succeeded");
  });

  test("a server that does not tell its tokens stops a run whose tokens are limited", async () => {
    const untold = { ...call, inputTokens: null, outputTokens: null };
    const { result } = await run({ budget: { tokens: 150 }, stages: inARow }, () => untold);
    expect(result.failure?.message).toMatch(
      /local does not tell how many tokens its answer to stage "a" has/,
    );
  });

  test("an answer of unknown cost stops a run whose cost is limited", async () => {
    const { costUsd: _unknown, ...unpriced } = used;
    const { result } = await run({ budget: { cost_usd: 1 }, stages: inARow }, () => unpriced);
    expect(result.failure?.message).toMatch(/What the call of stage "a" cost is not known/);
  });
});

describe("models without a price", () => {
  const isPriced: PlanOptions["isPriced"] = (_provider, model) => model !== "secret-sauce";

  test("a run whose cost is limited does not start with one, and the stage is named", () => {
    const stages = [asks("fine"), asks("odd", { model: "secret-sauce" })];
    const planned = planRun(document({ budget: { cost_usd: 1 }, stages }), { input: {}, isPriced });
    expect(planned).toMatchObject({
      ok: false,
      problems: [
        {
          code: "FM2050",
          message: expect.stringMatching(
            /Stage "odd" asks local\/secret-sauce, whose price is not known.*"prices"/,
          ),
        },
      ],
    });
    expect(planRun(document({ budget: { tokens: 1 }, stages }), { input: {}, isPriced }).ok).toBe(true);
  });

  test("one that an expression names stops the run before it is asked", async () => {
    let asked = 0;
    const stages = [asks("odd", { model: "{{ 'secret' ~ '-sauce' }}" })];
    const { result } = await run(
      { budget: { cost_usd: 1 }, stages },
      () => {
        asked += 1;
        return used;
      },
      { isPriced },
    );
    expect(result.failure?.message).toMatch(/Stage "odd" asks local\/secret-sauce, whose price is not known/);
    expect(asked).toBe(0);
  });
});

test("a run over its time says at which stage it was", async () => {
  const clock = manualClock();
  const forever = new Promise<never>(() => {});
  const ended = run(
    { budget: { wall_time: "2s" }, timeout: "5s", stages: [asks("a")] },
    () => forever,
    {},
    clock,
  );
  await settled();
  await clock.advance(2000);
  // What does not stop when it is told is waited for a while.
  await settled();
  await clock.advance(10_000);
  expect((await ended).result.failure).toMatchObject({
    type: "TIMEOUT",
    message: expect.stringMatching(/budget of time: it took longer than 2000 ms, and was at "a".*wall_time/),
    details: { cap: "wall_time", limit: 2000 },
  });
});

test.each([
  [{ tokens: 0 }, '"budget.tokens" must be a whole number from 1.'],
  [{ tokens: 1.5 }, '"budget.tokens" must be a whole number from 1.'],
  [{ cost_usd: -1 }, '"budget.cost_usd" must be a number of US dollars, 0 or more.'],
  [{ wall_time: "soon" }, '"budget.wall_time" must be seconds above 0, or text such as "30s" or "10m".'],
  [5, '"budget" must be an object with "tokens", "cost_usd" or "wall_time".'],
])("a budget of %j is refused", (budget, message) => {
  const planned = planRun(document({ budget, stages: [asks("a")] }), { input: {} });
  expect(planned).toMatchObject({ ok: false, problems: [{ message }] });
});

type Answer = (prompt: string, signal: AbortSignal) => ModelUsage | Promise<ModelUsage>;

function document(parts: object) {
  return parsePipeline(
    JSON.stringify({ name: "t", version: "1.0.0", defaults: { provider: "local", model: "m" }, ...parts }),
  );
}

async function run(
  parts: object,
  answer: Answer,
  options: Partial<PlanOptions> = {},
  clock = manualClock(),
): Promise<{ readonly result: RunResult; readonly events: readonly JournalEvent[] }> {
  const planned = planRun(document(parts), {
    input: {},
    definitions: componentDefinitions,
    isPriced: () => true,
    ...options,
  });
  if (!planned.ok) throw new Error(planned.problems.map(({ message }) => message).join("\n"));
  const models: ExecutionPorts["models"] = {
    generate: async ({ messages }, _onDelta, signal) => {
      const text = messages.at(-1)?.content ?? "";
      return { ok: true, text, finishReason: "stop", usage: await answer(text, signal) };
    },
  };
  const journal = createMemoryJournal();
  const ports = createNodePorts({ workspaceRoot: import.meta.dirname, env: {}, providers: {} });
  const executor = createExecutor({ ...ports, clock, models });
  const random = { next: () => 0.5, id: () => "r" };
  const { finished } = startRun(planned.plan, { executor, clock, random, journal });
  return { result: await finished, events: journal.events };
}
