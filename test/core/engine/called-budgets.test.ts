import { describe, expect, test } from "vitest";
import { componentDefinitions } from "#core/component-definitions";
import { createExecutor } from "#core/components";
import { type PlannedRun, planRun, resumeRun, startRun } from "#core/engine";
import { createMemoryJournal, foldRun, type JournalEvent } from "#core/journal";
import { noBudget, parsePipeline } from "#core/pipeline";
import type { ExecutionPorts, JsonObject, ModelUsage } from "#core/ports";
import { createNodePorts } from "#host";
import { call } from "./support/called-pipeline.ts";
import { catalogOf, manualClock, settled, stage, statuses } from "./support/index.ts";

const local = { provider: "local", model: "m", durationMs: 1 };
const used = { ...local, inputTokens: 60, outputTokens: 40, costUsd: 0.01 };
const ask = (id: string, more: object = {}): JsonObject => stage(id, "generator", { prompt: id, ...more });
const two = [ask("a"), ask("b", { prompt: "{{ a.content }}" })];

function child(budget: JsonObject, stages: readonly JsonObject[] = two, name = "child"): object {
  return { name, version: "1.0.0", defaults: { provider: "local", model: "m" }, budget, stages };
}

const main = [call("call", { pipeline_id: "child" })];

describe("a called pipeline's own budget", () => {
  test.each([
    [{ tokens: 150 }, "of 150 tokens: 200 were used", { cap: "tokens", limit: 150, used: 200 }],
    [{ cost_usd: 0.015 }, "of $0.015: $0.02 were spent", { cap: "cost_usd", limit: 0.015, used: 0.02 }],
  ])("%j fails the stage that calls it, by name", async (budget, said, details) => {
    const { result, events } = await run(main, { "child.json": child(budget) });
    expect(result).toMatchObject({
      status: "failed",
      failure: { type: "EXECUTION", stage: "call", details: { ...details, pipeline: "child" } },
    });
    expect(result.failure?.message).toContain(
      `The pipeline "child" failed: It went over its budget ${said}, the last by stage "call>child/b"`,
    );
    expect(statuses(foldRun(events))).toEqual({
      call: "failed",
      "call>child/a": "succeeded",
      "call>child/b": "cancelled",
    });
  });

  test("stops the call alone: the run goes on where its stage says so", async () => {
    const stages = [
      call("call", { pipeline_id: "child", on_error: "default", default_result: "none" }),
      ask("beside", { prompt: "{{ call.result }}" }),
    ];
    const { result, events } = await run(stages, { "child.json": child({ tokens: 150 }) });
    expect(result).toMatchObject({ status: "succeeded", output: { content: "none" } });
    expect(statuses(foldRun(events))).toMatchObject({ beside: "succeeded", "call>child/b": "cancelled" });
  });

  test("counts what it calls in its turn, in loops too", async () => {
    const loop = stage("each", "foreach", { items: [1, 2, 3], loop_stages: ["inner"], parallel: false });
    const inner = call("inner", { pipeline_id: "grandchild" }, { depends_on: ["each"] });
    const { result } = await run(main, {
      "child.json": child({ tokens: 250 }, [loop, inner]),
      "grandchild.json": child({}, [ask("a")], "grandchild"),
    });
    expect(result.failure).toMatchObject({ details: { limit: 250, used: 300, pipeline: "child" } });
  });

  test("is for each call anew", async () => {
    const loop = stage("each", "foreach", { items: [1, 2, 3], loop_stages: ["call"] });
    const { result } = await run([loop, call("call", { pipeline_id: "child" }, { depends_on: ["each"] })], {
      "child.json": child({ tokens: 200 }),
    });
    expect(result.status).toBe("succeeded");
  });

  test("stays, whatever the run may use", async () => {
    const budget = { ...noBudget, tokens: 100_000 };
    const { result } = await run(main, { "child.json": child({ tokens: 150 }) }, { budget });
    expect(result.failure?.details).toMatchObject({ limit: 150 });
  });

  test("of a cost keeps a run with a model without a price from starting, and none that is not called", () => {
    const pipelines = { "child.json": child({ cost_usd: 1 }) };
    const isPriced = (): boolean => false;
    expect(plan(main, pipelines, { isPriced })).toMatchObject({
      ok: false,
      problems: [
        { code: "FM2050", message: expect.stringMatching(/Stage "a" asks local\/m, whose price is not/) },
      ],
    });
    const own = ask("own", { provider: "local", model: "m" });
    expect(plan([own], pipelines, { isPriced }).ok).toBe(true);
  });

  test("of time fails the stage with TIMEOUT, and names it", async () => {
    const clock = manualClock();
    const ended = run(main, { "child.json": child({ wall_time: "2s" }) }, {}, clock, () => forever);
    await settled();
    await clock.advance(2000);
    await settled();
    await clock.advance(10_000);
    expect((await ended).result.failure).toMatchObject({
      type: "TIMEOUT",
      stage: "call",
      message: expect.stringMatching(/"child" failed: It went over its budget of time: .* than 2000 ms/),
      details: { cap: "wall_time", limit: 2000, pipeline: "child" },
    });
  });
});

describe("a call that goes on from a record", () => {
  const pipelines = { "child.json": child({ tokens: 150, wall_time: "2s" }) };

  test("has used what it had used", async () => {
    const stopped = await run(main, pipelines);
    const { result } = await goOn(stopped, pipelines, manualClock(), () => used);
    expect(result.failure?.message).toContain("200 were used, before the run went on");
  });

  test("has taken the time that it had taken", async () => {
    const clock = manualClock();
    const stop = new AbortController();
    const ended = run(main, pipelines, {}, clock, () => forever, stop.signal);
    await settled();
    await clock.advance(1500);
    stop.abort();
    await settled();
    await clock.advance(60_000);
    const again = goOn(await ended, pipelines, clock, () => forever);
    const before = clock.now();
    await settled();
    await clock.advance(500);
    await settled();
    await clock.advance(10_000);
    const { result, events } = await again;
    expect(result.failure?.details).toMatchObject({ cap: "wall_time", pipeline: "child" });
    const ending = events.findLast(({ kind }) => kind === "stage-ending");
    expect((ending?.at ?? 0) - before).toBe(500);
  });
});

describe("a run that goes on from a record", () => {
  const stages = [ask("a", { provider: "local", model: "m" })];
  const stopped = async (clock: ReturnType<typeof manualClock>) => {
    const stop = new AbortController();
    const ended = run(stages, {}, {}, clock, () => forever, stop.signal);
    await settled();
    await clock.advance(1500);
    stop.abort();
    await settled();
    await clock.advance(60_000);
    return ended;
  };

  test("has used up its time before: nothing more is asked", async () => {
    const clock = manualClock();
    const { result } = await goOn(
      await stopped(clock),
      {},
      clock,
      () => {
        throw new Error("It was asked.");
      },
      { budget: { ...noBudget, wallTimeMs: 1000 } },
    );
    expect(result.failure).toMatchObject({
      type: "TIMEOUT",
      message: expect.stringContaining("longer than 1000 ms, 1500 ms of that before it went on"),
    });
  });

  test("has the rest of its time, without that in which nothing ran", async () => {
    const clock = manualClock();
    const budget = { ...noBudget, wallTimeMs: 2000 };
    const again = goOn(await stopped(clock), {}, clock, () => forever, { budget });
    const before = clock.now();
    await settled();
    await clock.advance(500);
    await settled();
    await clock.advance(10_000);
    const { result, events } = await again;
    expect(result.failure?.message).toContain("longer than 2000 ms, 1500 ms of that before it went on");
    const ending = events.findLast(({ kind }) => kind === "run-ending");
    expect((ending?.at ?? 0) - before).toBe(500);
  });
});

const forever = new Promise<never>(() => {});

type Answer = () => ModelUsage | Promise<ModelUsage>;
type Options = Omit<Partial<Parameters<typeof planRun>[1]>, "input">;
type Ran = { readonly result: Awaited<ReturnType<typeof startRun>["finished"]>; readonly journal: Journal };
type Journal = ReturnType<typeof createMemoryJournal>;

function plan(
  stages: readonly JsonObject[],
  pipelines: Readonly<Record<string, object>>,
  options: Options = {},
): PlannedRun {
  return planRun(parsePipeline(JSON.stringify({ name: "main", version: "1.0.0", stages })), {
    input: {},
    definitions: componentDefinitions,
    pipelines: catalogOf(pipelines),
    isPriced: () => true,
    ...options,
  });
}

function planned(...args: Parameters<typeof plan>) {
  const made = plan(...args);
  if (!made.ok) throw new Error(made.problems.map(({ message }) => message).join("\n"));
  return made.plan;
}

async function run(
  stages: readonly JsonObject[],
  pipelines: Readonly<Record<string, object>>,
  options: Options = {},
  clock = manualClock(),
  answer: Answer = () => used,
  signal?: AbortSignal,
): Promise<Ran & { readonly events: readonly JournalEvent[]; readonly stages: readonly JsonObject[] }> {
  const journal = createMemoryJournal();
  const ports = runPorts(clock, answer);
  const made = planned(stages, pipelines, options);
  const { finished } = startRun(made, { ...ports, journal, ...(signal === undefined ? {} : { signal }) });
  return { result: await finished, journal, events: journal.events, stages };
}

async function goOn(
  { journal, stages }: Ran & { readonly stages: readonly JsonObject[] },
  pipelines: Readonly<Record<string, object>>,
  clock: ReturnType<typeof manualClock>,
  answer: Answer,
  options: Options = {},
) {
  const made = planned(stages, pipelines, options);
  const { startFrom } = resumeRun(made, journal);
  const { finished } = startRun(made, { ...runPorts(clock, answer), journal, startFrom });
  return { result: await finished, events: journal.events };
}

function runPorts(clock: ReturnType<typeof manualClock>, answer: Answer) {
  const models: ExecutionPorts["models"] = {
    generate: async ({ messages }) => {
      const text = messages.at(-1)?.content ?? "";
      return { ok: true, text, finishReason: "stop", usage: await answer() };
    },
  };
  const ports = createNodePorts({ workspaceRoot: import.meta.dirname, env: {}, providers: {} });
  return {
    executor: createExecutor({ ...ports, clock, models }),
    clock,
    random: { next: () => 0.5, id: () => "r" },
  };
}
