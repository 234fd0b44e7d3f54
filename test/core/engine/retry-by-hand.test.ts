import { describe, expect, test } from "vitest";
import { changesBetween, forkRun, type Gate, resumeRun } from "#core/engine";
import { foldRun, type JournalEvent, standingEvents } from "#core/journal";
import { begin, immediate, pipelineOf, planned, stage, statuses, type TestRun } from "./support/index.ts";

const pipeline = pipelineOf(
  stage("a", "step", { value: "a" }),
  stage("b", "step", { value: "{{upstream.a}}", fail: "no" }),
  stage("c", "step", { value: "{{upstream.b}}{{upstream.a}}" }),
);

/** Stages by how often each is tried again by hand; of `b` an attempt by hand succeeds. */
async function runRetrying(
  times: Readonly<Record<string, number>>,
  options?: Parameters<typeof begin>[1],
): Promise<TestRun> {
  const left = new Map(Object.entries(times));
  const gate: Gate = async (point) => {
    await Promise.resolve();
    if (point.kind === "before") {
      if (point.stage === "b" && point.attempt > 1)
        begun.run.override({ address: point.address, target: { kind: "inputs" }, path: ["fail"], value: "" });
      return;
    }
    const more = left.get(point.stage) ?? 0;
    left.set(point.stage, more - 1);
    if (more > 0) expect(begun.run.retryStage(point.address)).toBe(true);
  };
  const begun: TestRun = begin(pipeline, { ...options, gate, executor: mending });
  await begun.run.finished;
  return begun;
}

/** What is to fail with no text succeeds. */
const mending: typeof immediate = {
  run: (attempt, emit, signal) => {
    const { fail, ...inputs } = attempt.inputs;
    return immediate.run({ ...attempt, inputs: fail === "" ? inputs : attempt.inputs }, emit, signal);
  },
};

describe("a stage that is tried again by hand", () => {
  test("goes on from a failure that had ended the run, and nothing of its first end is left", async () => {
    const { run, journal } = await runRetrying({ b: 1, c: 2 });
    expect(await run.finished).toEqual({ status: "succeeded", output: "aa", failure: null });
    const retried = journal.events.flatMap((event) =>
      event.kind === "stage-retried" ? [`${event.address.stage} ${event.attempt}`] : [],
    );
    expect(retried).toEqual(["b 1", "c 1", "c 2"]);
    const state = foldRun(journal.events);
    expect(statuses(state)).toEqual({ a: "succeeded", b: "succeeded", c: "succeeded" });
    expect(state.stages.get("c")?.attempt).toBe(3);
    const standing = standingEvents(journal.events);
    const ends = standing.filter(({ kind }) => kind === "stage-failed" || kind === "stage-succeeded");
    expect(ends).toHaveLength(3);
  });

  test("is in a record that goes on from wherever it was cut off, and that can be forked", async () => {
    const whole = await runRetrying({ b: 1, c: 1 });
    const { events, value } = whole.journal;
    const plan = planned(pipeline);
    for (let cut = 1; cut < events.length; cut++) {
      const before: JournalEvent[] = JSON.parse(JSON.stringify(events.slice(0, cut)));
      const { startFrom } = resumeRun(plan, { events: before, value });
      const begunAgain = before.some(
        (event) => event.kind === "stage-retried" && event.address.stage === "b",
      );
      // What failed had failed, where nobody had yet had it tried again: the run goes on to its end.
      const isFailed = before.some(({ kind }) => kind === "stage-failed") && !begunAgain;
      const isDone = before.some((event) => event.kind === "stage-succeeded" && event.address.stage === "b");
      const again = begunAgain && !isDone ? 1 : 0;
      const { run } = await runRetrying({ b: 1 + again }, { startFrom, runId: "run0" });
      expect((await run.finished).status, `cut at ${cut}`).toBe(isFailed ? "failed" : "succeeded");
    }
    const origin = { runId: "run0", seq: events.length - 1, changes: [] };
    const changeOf = changesBetween(plan, planned(pipeline));
    const fork = forkRun(plan, { events, value }, origin, { changeOf, outputOf: () => undefined });
    expect(fork.again).toEqual([]);
    const forked = await runRetrying({}, { startFrom: fork.startFrom });
    expect((await forked.run.finished).output).toBe("aa");
  });

  test("stands still after an attempt, and has neither decided nor run others", async () => {
    const owners = pipelineOf(
      stage("each", "foreach", { items: [1], loop_stages: ["inner"] }),
      stage("inner", "step", { value: 1 }),
    );
    const reasons: string[] = [];
    const gate: Gate = async (point) => {
      await Promise.resolve();
      const reason = begun.run.whyNoRetry(point.address);
      reasons.push(`${point.kind} ${point.stage}: ${reason?.slice(0, 26) ?? "may be"}`);
      if (reason !== null) expect(begun.run.retryStage(point.address)).toBe(false);
    };
    const begun = begin(owners, { gate });
    await begun.run.finished;
    expect(reasons).toEqual([
      'before each: the stage "each" has not r',
      'before inner: the stage "inner" has not ',
      "after inner: may be",
      'after each: "each" has run other stage',
    ]);
    expect(begun.run.whyNoRetry({ frames: [], stage: "each" })).toBe("the run is over");
    expect(begun.run.retryStage({ frames: [], stage: "each" })).toBe(false);
  });
});
