import { expect, test } from "vitest";
import { createMemoryJournal, MAX_VALUE_DEPTH } from "#core/journal";
import type { Executor, Json } from "#core/ports";
import { begin, finish, pipelineOf, refusals, stage, statuses } from "./support/index.ts";

/** JSON.parse takes any depth; what walks values afterwards does not. */
const deep: Json = JSON.parse("[".repeat(20_000) + "]".repeat(20_000));

test("an expression whose value is small in memory and endless on paper fails its stage", async () => {
  const { result } = await finish(pipelineOf(stage("a", "step", { value: "{{ [[[1]*1000]*1000]*1000 }}" })));
  expect(result.failure).toMatchObject({ type: "EXECUTION", stage: "a" });
  expect(result.failure?.message).toContain("The inputs of the stage are larger than");
});

test("an output that is too deep fails its stage, by its policy", async () => {
  const executor: Executor = { run: (_attempt, emit) => emit({ kind: "succeeded", output: deep }) };
  const { result, state } = await finish(pipelineOf(stage("a", "step", {}, { on_error: "continue" })), {
    executor,
  });
  expect(statuses(state)).toEqual({ a: "failed" });
  expect(result.status).toBe("failed");
  expect(state.stages.get("a")?.failure?.message).toContain(
    `nested more than ${MAX_VALUE_DEPTH} levels deep`,
  );
});

test("an input that is too deep is refused before the run", () => {
  expect(refusals(pipelineOf(stage("a", "step")), { input: { deep } })).toEqual([
    `The pipeline's input is nested more than ${MAX_VALUE_DEPTH} levels deep.`,
  ]);
});

test("a journal that breaks while it takes an output ends the run with that defect", async () => {
  const journal = createMemoryJournal();
  const broken = {
    ...journal,
    put: (value: Json) => {
      if (value === "given") throw new Error("the journal broke");
      return journal.put(value);
    },
  };
  const executor: Executor = { run: (_attempt, emit) => emit({ kind: "succeeded", output: "given" }) };
  const { run } = begin(pipelineOf(stage("a", "step")), { journal: broken, executor });
  await expect(run.finished).rejects.toThrow("the journal broke");
});
