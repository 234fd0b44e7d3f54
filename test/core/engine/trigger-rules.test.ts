import { describe, expect, test } from "vitest";
import { triggerRules } from "#core/pipeline";
import { finish, pipelineOf, stage } from "./support/index.ts";

/**
 * What a stage does whose two dependencies ended so: S succeeded, F failed, K skipped, C failed with
 * `on_error: continue`, which counts as succeeded. `run` or `skip`, by Airflow's documentation of its rules; `stop` where it
 * began before the failure, which it is not there to deal with, and was cancelled by it.
 */
const table: Readonly<Record<string, Readonly<Record<string, "run" | "skip" | "stop">>>> = {
  all_success: { SS: "run", SK: "skip", KK: "skip", SF: "skip", KF: "skip", SC: "run" },
  all_failed: { SS: "skip", SK: "skip", KK: "skip", SF: "skip", KF: "skip", FF: "run", SC: "skip" },
  all_done: { SS: "run", SK: "run", KK: "run", SF: "run", KF: "run", SC: "run" },
  all_done_min_one_success: { SS: "run", SK: "run", KK: "skip", SF: "run", KF: "skip", SC: "run" },
  all_skipped: { SS: "skip", SK: "skip", KK: "run", SF: "skip", KF: "skip", SC: "skip" },
  one_failed: { SS: "skip", SK: "skip", KK: "skip", SF: "run", KF: "run", SC: "skip" },
  one_success: { SS: "run", SK: "run", KK: "skip", SF: "stop", KF: "skip", SC: "run" },
  one_done: { SS: "run", SK: "run", KK: "skip", SF: "run", KF: "run", SC: "run" },
  none_failed: { SS: "run", SK: "run", KK: "run", SF: "skip", KF: "skip", SC: "run" },
  none_failed_min_one_success: { SS: "run", SK: "run", KK: "skip", SF: "skip", KF: "skip", SC: "run" },
  none_skipped: { SS: "run", SK: "skip", KK: "skip", SF: "skip", KF: "skip", SC: "run" },
  always: { SS: "run", SK: "run", KK: "run", SF: "run", KF: "run", SC: "run" },
};

const STATUS = { run: "succeeded", skip: "skipped", stop: "cancelled" } as const;

describe("trigger rules", () => {
  test("the table has a row for every rule", () => {
    expect(Object.keys(table)).toEqual(triggerRules);
  });

  for (const [rule, cells] of Object.entries(table)) {
    for (const [outcomes, expected] of Object.entries(cells)) {
      test(`${rule}, after ${outcomes}: ${expected}`, async () => {
        const upstream = Array.from(outcomes, (outcome, index) => upstreamStage(outcome, index));
        const { state } = await finish(
          pipelineOf(
            ...upstream,
            stage("target", "step", {}, { depends_on: ["u0", "u1"], trigger_rule: rule }),
            stage("end", "step", {}, { depends_on: ["target"], trigger_rule: "all_done" }),
          ),
        );
        const target = state.stages.get("target");
        expect(target?.status).toBe(STATUS[expected]);
        if (expected === "skip") expect(target?.reason).not.toBe("");
      });
    }
  }

  test("one_success does not wait for the rest; none_failed does", async () => {
    const { journal } = await finish(
      pipelineOf(
        stage("quick", "step"),
        stage("before", "step"),
        stage("slow", "step", {}, { depends_on: ["before"] }),
        stage("eager", "step", {}, { depends_on: ["quick", "slow"], trigger_rule: "one_success" }),
        stage("patient", "step", {}, { depends_on: ["quick", "slow"], trigger_rule: "none_failed" }),
      ),
    );
    const started = journal.events.flatMap((event) =>
      event.kind === "stage-started" ? [event.address.stage] : [],
    );
    expect(started.indexOf("eager")).toBeLessThan(started.indexOf("slow"));
    expect(started.indexOf("patient")).toBeGreaterThan(started.indexOf("slow"));
  });

  test("a rule that is met early still waits for what its own expressions name", async () => {
    const { result } = await finish(
      pipelineOf(
        stage("quick", "step"),
        stage("before", "step"),
        stage("slow", "step", { value: 3 }, { depends_on: ["before"] }),
        stage(
          "eager",
          "step",
          { value: "{{ upstream.slow }}" },
          { depends_on: ["quick", "slow"], trigger_rule: "one_success" },
        ),
      ),
    );
    expect(result.output).toBe(3);
  });
});

function upstreamStage(outcome: string, index: number): ReturnType<typeof stage> {
  switch (outcome) {
    case "F":
      return stage(`u${index}`, "step", { fail: "EXECUTION" });
    case "C":
      return stage(`u${index}`, "step", { fail: "EXECUTION" }, { on_error: "continue" });
    case "K":
      return stage(`u${index}`, "step", {}, { enabled: false });
    default:
      return stage(`u${index}`, "step");
  }
}
