import { expect, test } from "vitest";
import type { GatePoint } from "#core/engine";
import { type Breakpoints, createStops } from "../../debug-adapter/stops.ts";

test("without breakpoints nothing is asked to wait", () => {
  const { stops, stopped } = session("run-on-entry");
  expect(stops.gate(before("a", 0))).toBeUndefined();
  expect(stops.gate(after("a", 0))).toBeUndefined();
  expect(stopped).toEqual([]);
});

test("stop on entry stops before the first stage, once", async () => {
  const { stops, stopped } = session("stop-on-entry");
  const held = stops.gate(before("a", 0));
  expect(stopped).toEqual(["0 entry a"]);
  stops.resume();
  await held;
  expect(stops.gate(before("b", 0))).toBeUndefined();
});

test("a breakpoint stops before its stage and each other branch waits at its next gate", async () => {
  const { stops, stopped } = session("run-on-entry");
  stops.setBreakpoints(at(["b"]));
  expect(stops.gate(before("a", 0))).toBeUndefined();
  const held = stops.gate(before("b", 1));
  const other = stops.gate(after("a", 0));
  expect(stopped).toEqual(["1 breakpoint b"]);
  expect(stops.waitingAt(0)?.stage).toBe("a");
  stops.resume();
  await Promise.all([held, other]);
  expect(stops.isStopped()).toBe(false);
});

test("two branches that reach breakpoints at the same time stop one after the other", async () => {
  const { stops, stopped } = session("run-on-entry");
  stops.setBreakpoints(at(["a", "b"]));
  const first = stops.gate(before("a", 0));
  const second = stops.gate(before("b", 1));
  expect(stopped).toEqual(["0 breakpoint a"]);
  stops.resume();
  await first;
  expect(stopped).toEqual(["0 breakpoint a", "1 breakpoint b"]);
  stops.resume();
  await second;
});

test("step over stops before the next stage that would start, in whichever branch", async () => {
  const { stops, stopped } = session("stop-on-entry");
  const held = stops.gate(before("a", 0));
  stops.step(0, "over");
  await held;
  expect(stops.gate(after("a", 0))).toBeUndefined();
  void stops.gate(before("b", 1));
  expect(stopped).toEqual(["0 entry a", "1 step b"]);
});

test("step over at the end of a branch stops where another branch waits", async () => {
  const { stops, stopped, nextStop } = session("stop-on-entry");
  const first = stops.gate(before("a", 0));
  void stops.gate(before("b", 1));
  stops.step(0, "over");
  await first;
  const told = nextStop();
  expect(stops.gate(after("a", 0))).toBeUndefined();
  await told;
  expect(stopped).toEqual(["0 entry a", "1 step b"]);
});

test("pause stops at the next gate, also after a stage", () => {
  const { stops, stopped } = session("run-on-entry");
  expect(stops.gate(before("a", 0))).toBeUndefined();
  stops.pause();
  void stops.gate(after("a", 0));
  expect(stopped).toEqual(["0 pause a"]);
});

test("DB-20 resuming from a breakpoint leaves the stop", async () => {
  const { stops, stopped } = session("run-on-entry");
  stops.setBreakpoints(at(["a"]));
  const held = stops.gate(before("a", 0));
  stops.resume();
  await held;
  expect(stops.gate(after("a", 0))).toBeUndefined();
  expect(stopped).toEqual(["0 breakpoint a"]);
});

test("letting go releases every branch and stops no more", async () => {
  const { stops } = session("run-on-entry");
  stops.setBreakpoints(at(["a"]));
  const held = [stops.gate(before("a", 0)), stops.gate(before("b", 1))];
  stops.letGo();
  for (const gate of held) await gate;
  expect(stops.gate(before("a", 0))).toBeUndefined();
});

function session(entry: "stop-on-entry" | "run-on-entry") {
  const stopped: string[] = [];
  let wake = (): void => {};
  const stops = createStops(entry, (lane, { reason }) => {
    stopped.push(`${lane} ${reason} ${stops.waitingAt(lane)?.stage}`);
    wake();
  });
  const nextStop = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  return { stops, stopped, nextStop };
}

/** Breakpoints before those stages. */
function at(stages: readonly string[]): Breakpoints {
  return {
    hitAt: ({ kind, stage }) =>
      kind === "before" && stages.includes(stage)
        ? { reason: "breakpoint", ids: [stages.indexOf(stage)] }
        : null,
    remaining: (hit) => hit,
  };
}

function before(stage: string, lane: number): GatePoint {
  return {
    kind: "before",
    address: { frames: [], stage },
    stage,
    attempt: 1,
    lane,
    inputs: { ok: true, value: {} },
  };
}

function after(stage: string, lane: number): GatePoint {
  return {
    kind: "after",
    address: { frames: [], stage },
    stage,
    attempt: 1,
    lane,
    outcome: { kind: "succeeded", output: null },
  };
}
