import { expect, test } from "vitest";
import { statusText } from "#extension";
import type { CanvasRun } from "#protocol";

const run = (phase: CanvasRun["phase"], ...statuses: CanvasRun["stages"][number]["status"][]): CanvasRun => ({
  session: "s",
  phase,
  stages: statuses.map((status, index) => ({ stage: `s${index}`, status })),
  stoppedAt: null,
});

test("the status bar says how many stages there are, and how many of them a run has behind it", () => {
  expect(statusText(1, run("idle"), "s")).toBe("$(type-hierarchy-sub) 1 stage");
  expect(statusText(3, run("running", "succeeded", "running"), "s")).toBe("$(sync~spin) 1 of 3 stages");
  expect(statusText(3, run("stopped", "skipped", "failed", "waiting"), "s")).toBe(
    "$(debug-pause) 2 of 3 stages",
  );
});

test("and how the run ended", () => {
  expect(statusText(2, run("finished", "succeeded", "skipped"), "s")).toBe("$(pass) 2 stages");
  expect(statusText(2, run("finished", "succeeded", "failed"), "s")).toBe("$(error) 2 stages");
  expect(statusText(2, run("finished", "succeeded", "cancelled"), "s")).toBe("$(circle-slash) 2 stages");
});

test("how a run ended is said until another pipeline is run", () => {
  expect(statusText(2, run("finished", "succeeded"), "another")).toBe("$(type-hierarchy-sub) 2 stages");
  expect(statusText(2, run("running", "succeeded"), "another")).toBe("$(sync~spin) 1 of 2 stages");
});
