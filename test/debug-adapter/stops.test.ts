import { expect, test } from "vitest";
import type { GatePoint } from "#core/engine";
import type { FrameStep, StageAddress } from "#core/ports";
import { createStops } from "../../debug-adapter/create-stops.ts";
import type { Breakpoints, Reach } from "../../debug-adapter/stops.ts";

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
  stops.resume(0, "all");
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
  stops.resume(0, "all");
  await Promise.all([held, other]);
  expect(stops.isStopped()).toBe(false);
});

test("a step by itself ends where others stand, though what it went into waits for the room that they take up", async () => {
  const { stops, stopped } = session("stop-on-entry");
  const owner = stops.gate(before("each", 0));
  void stops.gate(before("a", 1));
  stops.step(0, "into", "branch");
  await owner;
  void stops.gate(before("b", 2));
  await turn();
  expect(stopped).toEqual(["0 entry each"]);
  stops.decided({ frames: [], stage: "each" });
  await turn();
  expect(stopped).toEqual(["0 entry each", "1 step a"]);
});

test("two branches that reach breakpoints at the same time stop one after the other", async () => {
  const { stops, stopped } = session("run-on-entry");
  stops.setBreakpoints(at(["a", "b"]));
  const first = stops.gate(before("a", 0));
  const second = stops.gate(before("b", 1));
  expect(stopped).toEqual(["0 breakpoint a"]);
  stops.resume(0, "all");
  await first;
  expect(stopped).toEqual(["0 breakpoint a", "1 breakpoint b"]);
  stops.resume(0, "all");
  await second;
});

test("step over stops before the next stage that would start, in whichever branch", async () => {
  const { stops, stopped } = session("stop-on-entry");
  const held = stops.gate(before("a", 0));
  stops.step(0, "over", "all");
  await held;
  expect(stops.gate(after("a", 0))).toBeUndefined();
  void stops.gate(before("b", 1));
  expect(stopped).toEqual(["0 entry a", "1 step b"]);
});

test("step over at the end of a branch stops where another branch waits", async () => {
  const { stops, stopped, nextStop } = session("stop-on-entry");
  const first = stops.gate(before("a", 0));
  void stops.gate(before("b", 1));
  stops.step(0, "over", "all");
  await first;
  const told = nextStop();
  expect(stops.gate(after("a", 0))).toBeUndefined();
  await told;
  expect(stopped).toEqual(["0 entry a", "1 step b"]);
});

test("pause stops at the next gate, also after a stage", () => {
  const { stops, stopped } = session("run-on-entry");
  expect(stops.gate(before("a", 0))).toBeUndefined();
  stops.pause(0);
  void stops.gate(after("a", 0));
  expect(stopped).toEqual(["0 pause a"]);
});

test("DB-20 resuming from a breakpoint leaves the stop", async () => {
  const { stops, stopped } = session("run-on-entry");
  stops.setBreakpoints(at(["a"]));
  const held = stops.gate(before("a", 0));
  stops.resume(0, "all");
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

test("DB-07 one branch goes on by itself while the others wait, and then one of them is shown", async () => {
  const { stops, stopped, nextStop } = session("run-on-entry");
  stops.setBreakpoints(at(["a"]));
  const first = stops.gate(before("a", 0));
  void stops.gate(before("b", 1));
  expect(stops.resume(0, "branch")).toBe("branch");
  await first;
  expect(stops.waitingAt(1)?.stage).toBe("b");
  const told = nextStop();
  expect(stops.gate(after("a", 0))).toBeUndefined();
  await told;
  expect(stopped).toEqual(["0 breakpoint a", "1 pause b"]);
});

test("DB-07 a step of one branch ends on that branch, while others come to their next stage and wait", async () => {
  const { stops, stopped } = session("stop-on-entry");
  const first = stops.gate(before("a", 0));
  stops.step(0, "over", "branch");
  await first;
  expect(stops.gate(before("b", 1))).toBeInstanceOf(Promise);
  expect(stops.gate(after("a", 0))).toBeUndefined();
  void stops.gate(before("c", 0));
  expect(stopped).toEqual(["0 entry a", "0 step c"]);
});

test("DB-07 a step of one branch over a loop passes the rounds that run beside each other, and ends where the loop does", async () => {
  const { stops, stopped } = session("stop-on-entry");
  const first = stops.gate(before("each", 0));
  stops.step(0, "over", "branch");
  await first;
  for (const lane of [0, 1]) expect(stops.gate(before("item", lane, lane))).toBeUndefined();
  for (const lane of [0, 1]) expect(stops.gate(after("item", lane, lane))).toBeUndefined();
  expect(stops.gate(after("each", 1))).toBeUndefined();
  void stops.gate(before("next", 1));
  expect(stopped).toEqual(["0 entry each", "1 step next"]);
});

test("DB-07 where branches stop by themselves the others run on, each with its own step", async () => {
  const { stops, stopped } = session("run-on-entry", "branch");
  stops.setBreakpoints(at(["a", "b"]));
  const first = stops.gate(before("a", 0));
  const second = stops.gate(before("b", 1));
  expect(stops.gate(before("x", 2))).toBeUndefined();
  expect(stops.gate(after("x", 2))).toBeUndefined();
  stops.step(1, "over", "all");
  expect(stops.resume(0, "all")).toBe("branch");
  await Promise.all([first, second]);
  expect(stops.gate(after("a", 0))).toBeUndefined();
  expect(stops.gate(before("y", 0))).toBeUndefined();
  expect(stops.gate(after("b", 1))).toBeUndefined();
  void stops.gate(before("c", 1));
  expect(stopped).toEqual(["0 breakpoint a", "1 breakpoint b", "1 step c"]);
});

test("DB-07 where branches stop by themselves a step is of its branch alone, and all can go on together", async () => {
  const { stops, stopped } = session("run-on-entry", "branch");
  stops.setBreakpoints(at(["a", "b"]));
  const first = stops.gate(before("a", 0));
  const second = stops.gate(before("b", 1));
  expect(stops.step(0, "over", "all")).toBe("branch");
  await first;
  expect(stops.gate(after("a", 0))).toBeUndefined();
  const third = stops.gate(before("c", 0));
  stops.resumeAll();
  await Promise.all([second, third]);
  expect(stopped).toEqual(["0 breakpoint a", "1 breakpoint b", "0 step c"]);
});

test("DB-07 a step at the end of a round stops where the other rounds of its loop wait", async () => {
  const { stops, stopped, nextStop } = session("stop-on-entry");
  const loop = stops.gate(before("each", 0));
  stops.step(0, "into", "all");
  await loop;
  const first = stops.gate(before("item", 0, 0));
  void stops.gate(before("item", 1, 1));
  stops.step(0, "over", "all");
  await first;
  const told = nextStop();
  expect(stops.gate(after("item", 0, 0))).toBeUndefined();
  await told;
  expect(stopped).toEqual(["0 entry each", "0 step item", "1 step item"]);
});

test("DB-07 a step out of a round has the rounds that wait go on with it, but for one that came to a breakpoint", async () => {
  const { stops, stopped, nextStop } = session("stop-on-entry");
  const loop = stops.gate(before("each", 0));
  stops.step(0, "into", "all");
  await loop;
  const first = stops.gate(before("item", 0, 0));
  const second = stops.gate(before("item", 1, 1));
  stops.setBreakpoints(at(["marked"]));
  const marked = stops.gate(before("marked", 2, 2));
  stops.step(0, "out", "all");
  await Promise.all([first, second]);
  const told = nextStop();
  for (const lane of [0, 1]) expect(stops.gate(after("item", lane, lane))).toBeUndefined();
  await told;
  expect(stopped).toEqual(["0 entry each", "0 step item", "2 breakpoint marked"]);
  stops.step(2, "out", "all");
  await marked;
  expect(stops.gate(after("marked", 2, 2))).toBeUndefined();
  expect(stops.gate(after("each", 2))).toBeUndefined();
  void stops.gate(before("next", 2));
  expect(stopped.at(-1)).toBe("2 step next");
});

test("DB-07 what is joined while it goes on is known to be at work, and none that waits stops before that has ended", async () => {
  const { stops, stopped, nextStop } = session("run-on-entry", "all", [{ frames: [], stage: "a" }]);
  stops.setBreakpoints(at(["b"]));
  const first = stops.gate(before("b", 1));
  void stops.gate(before("c", 2));
  expect(stops.resume(1, "branch")).toBe("branch");
  await first;
  expect(stops.gate(after("b", 1))).toBeUndefined();
  await new Promise((resolve) => setImmediate(resolve));
  expect(stopped).toEqual(["1 breakpoint b"]);
  const told = nextStop();
  expect(stops.gate(after("a", 0))).toBeUndefined();
  await told;
  expect(stopped).toEqual(["1 breakpoint b", "2 pause c"]);
});

test("DB-07 a branch that is cancelled where it waits leaves its place, and what waits for it hears of it", () => {
  const { stops, stopped } = session("stop-on-entry");
  void stops.gate(before("a", 0));
  void stops.gate(before("b", 1));
  expect(stops.gate({ ...after("a", 0), outcome: { kind: "cancelled" } })).toBeUndefined();
  expect(stops.waitingAt(0)).toBeUndefined();
  expect(stops.waitingAt(1)?.stage).toBe("b");
  expect(stopped).toEqual(["0 entry a"]);
});

function session(
  entry: "stop-on-entry" | "run-on-entry",
  which: Reach = "all",
  begun: readonly StageAddress[] = [],
) {
  const stopped: string[] = [];
  let wake = (): void => {};
  const stops = createStops(
    entry,
    (lane, { reason }) => {
      stopped.push(`${lane} ${reason} ${stops.waitingAt(lane)?.stage}`);
      wake();
    },
    which,
    begun,
  );
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
    awaited: () => null,
    remaining: (hit) => hit,
  };
}

/** `round` is that of the loop `each` around it. */
function before(stage: string, lane: number, round?: number): GatePoint {
  return {
    kind: "before",
    address: { frames: framesOf(round), stage },
    stage,
    attempt: 1,
    lane,
    inputs: { ok: true, value: {} },
  };
}

function after(stage: string, lane: number, round?: number): Extract<GatePoint, { kind: "after" }> {
  return {
    kind: "after",
    address: { frames: framesOf(round), stage },
    stage,
    attempt: 1,
    lane,
    outcome: { kind: "succeeded", output: null },
  };
}

function framesOf(round: number | undefined): FrameStep[] {
  return round === undefined ? [] : [{ kind: "iteration", owner: "each", index: round }];
}

/** What is done a turn later is done. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
