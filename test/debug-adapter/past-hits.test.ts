import { expect, test } from "vitest";
import type { Json } from "#core/ports";
import { createSessionBreakpoints } from "../../debug-adapter/breakpoints/session-breakpoints.ts";
import { createHistory, type History } from "../../debug-adapter/past/history.ts";
import { createPastHits } from "../../debug-adapter/past/past-hits.ts";
import { createRunFiles } from "../../debug-adapter/run-files.ts";
import { finish, stage } from "../core/engine/support/index.ts";

const rounds = 20;

/** The events of a loop, its history without any of them yet, and how often that was asked what a gate saw. */
async function ranLoop() {
  const items = Array.from({ length: rounds }, (_, index) => index);
  const stages = [stage("each", "foreach", { items, loop_stages: ["inner"] }), stage("inner", "step")];
  const { journal, plan } = await finish({ name: "own", stages });
  const value = ({ ref }: { readonly ref: string }): Json => journal.value({ ref }) ?? null;
  const history = createHistory(plan, [], value);
  const files = createRunFiles(plan, "/w/own.pipeline.json", "/w");
  let asked = 0;
  const counted: History = {
    ...history,
    pointOf: (gate) => {
      asked += 1;
      return history.pointOf(gate);
    },
  };
  return { events: journal.events, history: counted, setting: { fileAt: files.at }, asked: () => asked };
}

async function breakpointsAt(functions: readonly { name: string; hitCondition?: string }[]) {
  const breakpoints = createSessionBreakpoints(() => {});
  await breakpoints.functions.bind(async ({ name }) => ({ kind: "stage", path: null, stage: name }));
  await breakpoints.functions.set({ breakpoints: [...functions] });
  return breakpoints;
}

test("TT-02 where a run goes on, its breakpoints are looked for in what is new of it, and counted as from the beginning", async () => {
  const { events, history, setting, asked } = await ranLoop();
  const breakpoints = await breakpointsAt([{ name: "inner", hitCondition: "%3" }]);
  const growing = createPastHits(history, setting, breakpoints);
  for (const event of events) {
    history.record(event);
    growing.hitAt(0);
  }
  expect(asked()).toBe(history.gates.length);
  const whole = createPastHits(history, setting, breakpoints);
  const hits = history.gates.map((_, at) => growing.hitAt(at));
  expect(hits).toEqual(history.gates.map((_, at) => whole.hitAt(at)));
  expect(hits.filter((hit) => hit !== null)).toHaveLength(Math.floor(rounds / 3));
});

test("TT-02 all of a run is looked through again where its breakpoints are others", async () => {
  const { events, history, setting } = await ranLoop();
  const breakpoints = await breakpointsAt([{ name: "inner" }]);
  for (const event of events) history.record(event);
  const hits = createPastHits(history, setting, breakpoints);
  const stops = (): number => history.gates.filter((_, at) => hits.hitAt(at) !== null).length;
  expect(stops()).toBe(rounds);
  await breakpoints.functions.set({ breakpoints: [{ name: "each" }] });
  expect(stops()).toBe(1);
});
