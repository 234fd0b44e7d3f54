import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changesBetween, forkRun, type Gate, type Override, resumeRun } from "#core/engine";
import { foldRun, type JournalEvent } from "#core/journal";
import type { Json } from "#core/ports";
import { begin, pipelineOf, planned, stage, type TestRun } from "./support/index.ts";

const pipeline = pipelineOf(
  stage("set", "variable_set", { name: "place", value: { city: "Berlin" } }),
  stage("a", "step", { value: { text: "a", list: [1, 2] } }, { depends_on: ["set"] }),
  stage("b", "step", { value: "{{upstream.a}}" }),
  stage("c", "step", { value: "{{upstream.b.text}} {{vars.place.city}}" }),
);

/** What is set by hand, each where its stage stands. */
interface ByHand extends Omit<Override, "address"> {
  readonly at: `${"before" | "after"} ${string}`;
}

/** Runs to the end; at each gate what is to be set there is set. */
async function runWith(
  changes: readonly ByHand[],
  startFrom?: Parameters<typeof begin>[1],
): Promise<TestRun> {
  let run: TestRun["run"] | undefined;
  const gate: Gate = async (point) => {
    await Promise.resolve();
    for (const { at, ...change } of changes)
      if (at === `${point.kind} ${point.stage}`) run?.override({ ...change, address: point.address });
  };
  const begun = begin(pipeline, { ...startFrom, gate });
  run = begun.run;
  await run.finished;
  return begun;
}

const valueOf = (run: TestRun): Promise<Json | undefined> => run.run.finished.then(({ output }) => output);

describe("what is set by hand", () => {
  test("is used by what comes after, is recorded, and leaves what was recorded as it was", async () => {
    const run = await runWith([
      { at: "after a", target: { kind: "output" }, path: ["text"], value: "A" },
      { at: "before b", target: { kind: "inputs" }, path: ["value", "list", 1], value: 9 },
      { at: "before c", target: { kind: "variable", name: "place" }, path: ["city"], value: "Bonn" },
      // Too late for what c is given: it was resolved before the gate asked.
      { at: "before c", target: { kind: "inputs" }, path: ["value"], value: "A Bonn" },
    ]);
    expect(await valueOf(run)).toBe("A Bonn");
    const { events, value } = run.journal;
    const outputOf = (id: string): Json | undefined => {
      const event = events.find((each) => each.kind === "stage-succeeded" && each.address.stage === id);
      return event?.kind === "stage-succeeded" ? value(event.output) : undefined;
    };
    expect(outputOf("a")).toEqual({ text: "a", list: [1, 2] });
    expect(outputOf("b")).toEqual({ text: "A", list: [1, 9] });
    const state = foldRun(events);
    expect(state.stages.get("a")?.overrides).toMatchObject([{ target: { kind: "output" }, path: ["text"] }]);
    const output = state.stages.get("a")?.output;
    expect(output && value(output)).toEqual({ text: "A", list: [1, 2] });
    const place = state.variables.get("")?.get("place");
    expect(place && value(place)).toEqual({ city: "Bonn" });
  });

  test("is refused, and recorded nowhere, where a run does not stand at it", async () => {
    const answers: string[] = [];
    const gate: Gate = async (point) => {
      await Promise.resolve();
      if (point.stage !== "b" || point.kind !== "before") return;
      const tried: readonly Omit<Override, "value">[] = [
        { address: { frames: [], stage: "a" }, target: { kind: "output" }, path: ["text"] },
        { address: { frames: [], stage: "b" }, target: { kind: "output" }, path: [] },
        { address: { frames: [], stage: "b" }, target: { kind: "inputs" }, path: ["nothing"] },
        { address: { frames: [], stage: "b" }, target: { kind: "inputs" }, path: [] },
        { address: { frames: [], stage: "b" }, target: { kind: "inputs" }, path: ["value", "list", 2] },
        { address: { frames: [], stage: "b" }, target: { kind: "variable", name: "other" }, path: [] },
        { address: { frames: [], stage: "nowhere" }, target: { kind: "output" }, path: [] },
      ];
      for (const each of tried) {
        const answer = begun.run.override({ ...each, value: 1 });
        answers.push(answer.ok ? "set" : answer.reason);
      }
    };
    const begun = begin(pipeline, { gate });
    await begun.run.finished;
    expect(answers.map((reason) => reason.slice(0, 34))).toEqual([
      'the stage "a" has been let go, and',
      '"b" has no output that could be se',
      'step has no input "nothing": it ha',
      "inputs are set one by one",
      "there is no [2]: the list has 2 it",
      'there is no variable "other": a st',
      "its stage is over",
    ]);
    expect(begun.journal.events.some(({ kind }) => kind === "value-overridden")).toBe(false);
    expect(begun.run.override({ ...nowhere, value: 1 })).toEqual({ ok: false, reason: "the run is over" });
  });

  test("holds after a crash and in a fork, for all that was recorded before it", async () => {
    const hand = fc.uniqueArray(
      fc.constantFrom<ByHand>(
        { at: "after a", target: { kind: "output" }, path: ["text"], value: "A" },
        { at: "after b", target: { kind: "output" }, path: [], value: { text: "B" } },
        { at: "after set", target: { kind: "variable", name: "place" }, path: ["city"], value: "Bonn" },
        { at: "before c", target: { kind: "inputs" }, path: ["value"], value: "C" },
        { at: "after c", target: { kind: "output" }, path: [], value: "D" },
      ),
      { selector: ({ at }) => at },
    );
    await fc.assert(
      fc.asyncProperty(hand, async (changes) => {
        const whole = await runWith(changes);
        const expected = await valueOf(whole);
        const { events, value } = whole.journal;
        for (let cut = 1; cut < events.length; cut++) {
          const before: JournalEvent[] = JSON.parse(JSON.stringify(events.slice(0, cut)));
          const record = { events: before, value };
          const plan = planned(pipeline);
          // What is set at gates that are still to come is set there; what was set is in the record.
          const ended = new Set(
            before.flatMap((event) => (event.kind === "stage-succeeded" ? [event.address.stage] : [])),
          );
          const overridden = new Set(
            before.flatMap((event) =>
              event.kind === "value-overridden" && event.target.kind !== "inputs"
                ? [event.address.stage]
                : [],
            ),
          );
          // A stage that had ended comes to no gate again: what was to be set there and was not is not.
          const isLost = changes.some(({ at }) => {
            const [, id = ""] = at.split(" ");
            return ended.has(id) && at.startsWith("after") && !overridden.has(id);
          });
          if (isLost) continue;
          const { startFrom } = resumeRun(plan, record);
          const resumed = await runWith(changes, { startFrom, runId: "run0" });
          expect(await valueOf(resumed)).toEqual(expected);
        }
        const record = { events: [...events], value };
        const plan = planned(pipeline);
        const origin = { runId: "run0", seq: events.length - 1, changes: [] };
        const changeOf = changesBetween(plan, planned(pipeline));
        const same = forkRun(plan, record, origin, { changeOf, outputOf: () => undefined });
        expect(await valueOf(await runWith([], { startFrom: same.startFrom }))).toEqual(expected);
        const given = forkRun(plan, record, origin, {
          changeOf,
          outputOf: ({ address }) => (address.stage === "c" ? "given" : undefined),
        });
        const forked = await runWith([], { startFrom: given.startFrom });
        expect(await valueOf(forked)).toBe("given");
      }),
      { seed: 20260601, numRuns: 5 },
    );
  });
});

const nowhere = { address: { frames: [], stage: "b" }, target: { kind: "output" }, path: [] } as const;
