import { describe, expect, test } from "vitest";
import { applyEvent, emptyRunState, foldRun, type JournalEvent, type ValueRef } from "#core/journal";
import type { StageAddress } from "#core/ports";

const ref = (name: string): ValueRef => ({ ref: name });
const a: StageAddress = { frames: [], stage: "a" };
const body: StageAddress = { frames: [{ kind: "iteration", owner: "each", index: 2 }], stage: "body" };
const failure = { type: "TIMEOUT", message: "slow", recoverable: true } as const;

const events: readonly JournalEvent[] = [
  {
    seq: 0,
    at: 10,
    kind: "run-started",
    format: 1,
    runId: "r",
    pipeline: { name: "p", path: "p.pipeline.json", hash: "h" },
    input: ref("in"),
    provider: "offline",
  },
  {
    seq: 1,
    at: 11,
    kind: "stage-started",
    address: a,
    attempt: 1,
    attemptKey: "k1",
    componentType: "step",
    inputs: ref("i1"),
  },
  { seq: 2, at: 12, kind: "stage-delta", address: a, attempt: 1, channel: "output", text: "hal" },
  {
    seq: 3,
    at: 13,
    kind: "stage-failed",
    address: a,
    attempt: 1,
    failure,
    next: { kind: "retry", delayMs: 5 },
  },
  {
    seq: 4,
    at: 18,
    kind: "stage-started",
    address: a,
    attempt: 2,
    attemptKey: "k2",
    componentType: "step",
    inputs: ref("i1"),
  },
  { seq: 5, at: 19, kind: "stage-delta", address: a, attempt: 2, channel: "output", text: "he" },
  { seq: 6, at: 20, kind: "stage-delta", address: a, attempt: 2, channel: "reasoning", text: "hm" },
  { seq: 7, at: 21, kind: "stage-delta", address: a, attempt: 2, channel: "output", text: "llo" },
  { seq: 8, at: 22, kind: "stage-succeeded", address: a, attempt: 2, output: ref("o") },
  { seq: 9, at: 23, kind: "variable-set", address: body, name: "v", value: ref("v") },
  { seq: 10, at: 24, kind: "stage-skipped", address: body, reason: "no", cause: "condition" },
  { seq: 11, at: 25, kind: "run-finished", status: "succeeded", output: ref("o"), failure: null },
];

describe("foldRun", () => {
  test("tells of each stage its status, attempts, values and times", () => {
    const state = foldRun(events);
    expect(state).toMatchObject({
      runId: "r",
      status: "succeeded",
      input: ref("in"),
      output: ref("o"),
      startedAt: 10,
      finishedAt: 25,
      seq: 11,
    });
    expect([...state.stages.keys()]).toEqual(["a", "each[2]/body"]);
    expect(state.stages.get("a")).toEqual({
      address: a,
      cache: null,
      status: "succeeded",
      attempt: 2,
      componentType: "step",
      inputs: ref("i1"),
      output: ref("o"),
      failure,
      reason: null,
      startedAt: 11,
      finishedAt: 22,
      usage: [],
      streamed: "",
      overrides: [],
      question: null,
    });
    expect(state.stages.get("each[2]/body")).toMatchObject({ status: "skipped", reason: "no", attempt: 0 });
    expect(state.variables.get("each[2]/")?.get("v")).toEqual(ref("v"));
  });

  test("at any point in between, with what was streamed so far", () => {
    const at = (seq: number): ReturnType<typeof foldRun> => foldRun(events.slice(0, seq + 1));
    expect(at(0).stages.size).toBe(0);
    expect(at(2).stages.get("a")).toMatchObject({ status: "running", attempt: 1, streamed: "hal" });
    expect(at(3).stages.get("a")).toMatchObject({ status: "running", attempt: 1, streamed: "" });
    expect(at(7).stages.get("a")).toMatchObject({ status: "running", attempt: 2, streamed: "hello" });
    expect(at(10).status).toBe("running");
  });

  test("event by event it is the same as all at once", () => {
    const state = emptyRunState();
    for (const event of events) expect(applyEvent(state, event)).toBe(state);
    expect(state).toEqual(foldRun(events));
  });
});
