import { expect, test } from "vitest";
import type { Gate } from "#core/engine";
import type { AttemptStep, Executor, ModelRequest } from "#core/ports";
import { begin, manualClock, pipelineOf, settled, stage } from "./support/index.ts";

const request: ModelRequest = { provider: "p", model: null, messages: [] };
const rendered: AttemptStep = { kind: "rendered", request };

test("the time that an attempt is held within counts for none of its limits", async () => {
  const clock = manualClock();
  const letGo = Promise.withResolvers<void>();
  let heldMs = (): number => -1;
  const executor: Executor = {
    run: async (_attempt, _emit, signal, steps) => {
      heldMs = () => steps?.heldMs() ?? -1;
      await steps?.at(rendered);
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    },
  };
  const gate: Gate = ({ kind }) => (kind === "within" ? letGo.promise : undefined);
  const { run, journal } = begin(pipelineOf(stage("a", "slow")), { executor, clock, gate });
  const failures = (): number => journal.events.filter(({ kind }) => kind === "stage-failed").length;
  await settled();
  // Its limit is 50 ms.
  await clock.advance(30);
  expect(failures()).toBe(0);
  await clock.advance(1000);
  expect(heldMs()).toBe(1030);
  letGo.resolve();
  await settled();
  await clock.advance(49);
  expect(failures()).toBe(0);
  await clock.advance(1);
  expect(failures()).toBe(1);
  expect((await run.finished).failure?.type).toBe("TIMEOUT");
});

test("a run without a gate is not looked into, and in one that was cancelled nothing is asked", async () => {
  const seen: string[] = [];
  const executor: Executor = {
    run: async (_attempt, emit, signal, steps) => {
      seen.push(steps === undefined ? "no steps" : "steps");
      if (steps !== undefined && !signal.aborted)
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      seen.push(steps?.at(rendered) === undefined ? "undefined" : "held");
      emit({ kind: "succeeded", output: 1 });
    },
  };
  const plain = begin(pipelineOf(stage("a", "step")), { executor });
  await plain.run.finished;
  const gate: Gate = ({ kind }) => {
    seen.push(kind);
    return undefined;
  };
  const { run } = begin(pipelineOf(stage("a", "step")), { executor, gate });
  await settled();
  run.cancel();
  await run.finished;
  expect(seen).toEqual(["no steps", "undefined", "before", "steps", "after", "undefined"]);
});
