import { describe, expect, test } from "vitest";
import { noRun, runSummary, stageOfInterest, updateRun } from "../../webview/model/run-view.ts";
import { breakpointsByStage, problemsByStage } from "../../webview/model/stage-marks.ts";

describe("a run on the stages", () => {
  const started = updateRun(noRun, {
    session: "1",
    phase: "running",
    stages: [
      { stage: "a", status: "succeeded" },
      { stage: "b", status: "running", note: "1 of 3" },
    ],
    stoppedAt: null,
  });

  test("news of one stage leaves the others' entries alone", () => {
    const next = updateRun(started, {
      session: "1",
      phase: "running",
      stages: [
        { stage: "a", status: "succeeded" },
        { stage: "b", status: "running", note: "2 of 3" },
      ],
      stoppedAt: null,
    });
    expect(next.stages.get("a")).toBe(started.stages.get("a"));
    expect(next.stages.get("b")?.note).toBe("2 of 3");
  });

  test("another session starts empty", () => {
    const next = updateRun(started, { session: "2", phase: "running", stages: [], stoppedAt: null });
    expect(next.stages.size).toBe(0);
  });

  test("the summary counts how the stages ended", () => {
    const ended = updateRun(started, {
      session: "1",
      phase: "finished",
      stages: [{ stage: "b", status: "failed" }],
      stoppedAt: null,
    });
    expect(runSummary(ended)).toBe("The run has ended: 1 succeeded, 1 failed, 0 skipped.");
  });

  test("the stage to look at is where it stopped, and in the end the one that failed", () => {
    const news = { session: "1", stages: [{ stage: "a", status: "failed" as const }] };
    const stopped = updateRun(noRun, { ...news, phase: "stopped", stoppedAt: "b" });
    expect(stageOfInterest(stopped)).toBe("b");
    expect(stageOfInterest(updateRun(stopped, { ...news, phase: "running", stoppedAt: null }))).toBeNull();
    expect(stageOfInterest(updateRun(stopped, { ...news, phase: "finished", stoppedAt: null }))).toBe("a");
  });
});

describe("marks of stages", () => {
  test("problems are counted by stage; hints and those of the whole file are not marks", () => {
    const problem = { code: null, line0: 0, path: [], within: null } as const;
    const marks = problemsByStage(
      [
        { ...problem, stage: "a", severity: "error", message: "one" },
        { ...problem, stage: "a", severity: "warning", message: "two" },
        { ...problem, stage: "b", severity: "hint", message: "three" },
        { ...problem, stage: null, severity: "error", message: "four" },
      ],
      new Map(),
    );
    expect([...marks]).toEqual([["a", { errors: 1, warnings: 1, text: "one\ntwo" }]]);
  });

  test("what is told again unchanged is the same object, so that its stage is not drawn again", () => {
    const breakpoint = { stage: "a", enabled: true, kind: "plain", verified: true } as const;
    const before = breakpointsByStage([breakpoint], new Map());
    const after = breakpointsByStage([{ ...breakpoint }, { ...breakpoint, stage: "b" }], before);
    expect(after.get("a")).toBe(before.get("a"));
    expect(after.size).toBe(2);
  });
});
