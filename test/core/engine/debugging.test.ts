import { describe, expect, test } from "vitest";
import type { Gate, GatePoint, StepPoint } from "#core/engine";
import { evaluate, parseExpression } from "#core/expressions";
import { foldRun } from "#core/journal";
import { addressKey, type StageAddress } from "#core/ports";
import {
  begin,
  finish,
  heldExecutor,
  pipelineOf,
  settled,
  stage,
  statuses,
  type TestRun,
} from "./support/index.ts";

/** Stops at every point until told to go on. */
function stopAtAll(): {
  readonly gate: Gate;
  readonly stops: readonly (GatePoint | StepPoint)[];
  goOn(place?: number): Promise<void>;
} {
  const held: { readonly point: GatePoint | StepPoint; readonly go: () => void }[] = [];
  return {
    gate: (point) => new Promise((resolve) => held.push({ point, go: resolve })),
    get stops() {
      return held.map(({ point }) => point);
    },
    goOn: async (place = 0) => {
      held.splice(place, 1)[0]?.go();
      await settled();
    },
  };
}

const name = (point: GatePoint | StepPoint): string =>
  `${point.kind} ${addressKey(point.address)} @${point.lane}`;

function evaluateAt({ run }: TestRun, address: StageAddress, expression: string): unknown {
  const scope = run.scopeAt(address);
  if (scope === undefined) return undefined;
  const result = evaluate(parseExpression(expression), scope);
  return result.ok ? result.value : result.error.message;
}

describe("the gate", () => {
  test("is asked before and after each stage, and holds only that branch", async () => {
    const stops = stopAtAll();
    const { run } = begin(
      pipelineOf(stage("a", "step"), stage("b", "step"), stage("c", "step", {}, { depends_on: ["a"] })),
      { gate: stops.gate },
    );
    await settled();
    expect(stops.stops.map(name)).toEqual(["before a @0", "before b @1"]);
    await stops.goOn();
    expect(stops.stops.map(name)).toEqual(["before b @1", "after a @0"]);
    await stops.goOn(1);
    expect(stops.stops.map(name)).toEqual(["before b @1", "before c @0"]);
    while (stops.stops.length > 0) await stops.goOn();
    expect((await run.finished).status).toBe("succeeded");
  });

  test("a chain stays on one lane; lanes are reused", async () => {
    const lanes: string[] = [];
    const executor = heldExecutor();
    const { run } = begin(
      pipelineOf(
        stage("a", "step"),
        stage("b", "step"),
        stage("a2", "step", {}, { depends_on: ["a"] }),
        stage("b2", "step", {}, { depends_on: ["b"] }),
      ),
      {
        executor,
        gate: (point) => {
          lanes.push(name(point));
          return undefined;
        },
      },
    );
    await settled();
    await executor.release(1);
    await executor.release(0);
    while (executor.running.length > 0) await executor.release(0);
    await run.finished;
    expect(lanes.filter((lane) => lane.startsWith("before"))).toEqual([
      "before a @0",
      "before b @1",
      "before b2 @1",
      "before a2 @0",
    ]);
  });

  test("tells resolved inputs before, or why there are none, and the outcome after", async () => {
    const points: (GatePoint | StepPoint)[] = [];
    const gate: Gate = (point) => {
      points.push(point);
      return undefined;
    };
    await finish(
      pipelineOf(
        stage("a", "step", { value: 1 }),
        stage("b", "step", { value: "{{ upstream.a }}" }),
        stage("c", "strict", {}, { depends_on: ["b"] }),
      ),
      { gate },
    );
    expect(points).toMatchObject([
      { kind: "before", stage: "a", inputs: { ok: true, value: { value: 1 } } },
      { kind: "after", stage: "a", outcome: { kind: "succeeded", output: 1 } },
      { kind: "before", stage: "b", inputs: { ok: true, value: { value: 1 } } },
      { kind: "after", stage: "b", outcome: { kind: "succeeded", output: 1 } },
      { kind: "before", stage: "c", inputs: { ok: false, failure: { type: "VALIDATION", field: "text" } } },
      { kind: "after", stage: "c", outcome: { kind: "failed", failure: { type: "VALIDATION" } } },
    ]);
  });

  test("a run that is cancelled at a stop ends, whatever the debugger does then", async () => {
    const stops = stopAtAll();
    const { run, journal } = begin(
      pipelineOf(stage("a", "step"), stage("b", "step"), stage("c", "step", {}, { depends_on: ["a"] })),
      { gate: stops.gate },
    );
    await settled();
    await stops.goOn();
    run.cancel();
    await settled();
    while (stops.stops.length > 0) await stops.goOn();
    expect((await run.finished).status).toBe("cancelled");
    // The success of a was recorded before it stopped: it stays one.
    expect(statuses(foldRun(journal.events))).toEqual({ a: "succeeded", b: "cancelled", c: "skipped" });
  });
});

describe("scopeAt", () => {
  test("before: what is upstream; after: the stage's own output too", async () => {
    const stops = stopAtAll();
    const started = begin(
      pipelineOf(
        stage("a", "step", { value: { n: 2 } }),
        stage("b", "step", { value: "own" }, { depends_on: ["a"] }),
      ),
      { gate: stops.gate, plan: { input: { q: 1 } } },
    );
    await settled();
    await stops.goOn();
    await stops.goOn();
    const b: StageAddress = { frames: [], stage: "b" };
    expect(evaluateAt(started, b, "upstream.a.n")).toBe(2);
    expect(evaluateAt(started, b, "input.q")).toBe(1);
    expect(evaluateAt(started, b, "context.stage_id")).toBe("b");
    expect(evaluateAt(started, b, "output")).not.toBe("own");
    await stops.goOn();
    expect(evaluateAt(started, b, "output")).toBe("own");
    await stops.goOn();
    await started.run.finished;
    expect(evaluateAt(started, b, "output")).toBe("own");
    expect(started.run.scopeAt({ frames: [], stage: "gone" })).toBeUndefined();
  });

  test("in a round of a loop: its own variables", async () => {
    const stops = stopAtAll();
    const started = begin(
      pipelineOf(
        stage("each", "foreach", { items: ["x", "y"], parallel: 2, loop_stages: ["body"] }),
        stage("body", "step"),
      ),
      { gate: stops.gate },
    );
    await settled();
    await stops.goOn();
    await settled();
    expect(stops.stops.map(name)).toEqual(["before each[0]/body @0", "before each[1]/body @1"]);
    expect(stops.stops.map(({ address }) => evaluateAt(started, address, "item"))).toEqual(["x", "y"]);
    while (stops.stops.length > 0) await stops.goOn();
    await started.run.finished;
  });
});
