import { expect, test } from "vitest";
import type { ForkPlan } from "#protocol";
import { breakAt, launchStages, quick } from "./live/workspace-of.ts";

test("TT-06 a fork that names an event after the last one of its run is refused, with what there is", async () => {
  const { client } = await launchStages([quick("a"), quick("b", { depends_on: ["a"] })], {
    configure: breakAt("b"),
  });
  const plan = await client.get<ForkPlan>("flowmason/forkPlan", { at: "shown" });
  expect(plan).toMatchObject({ kept: ["a"], ahead: ["b"] });
  const last = plan.launch.fork.at ?? -1;
  const refused = { success: false, body: { error: { showUser: true } } };
  expect(await client.ask("flowmason/forkPlan", { at: last + 1 })).toMatchObject({
    ...refused,
    message: expect.stringMatching(
      new RegExp(`no event ${last + 1}, as "at" says; its last one is ${last}\\.`),
    ),
  });
  expect(await client.ask("flowmason/forkPlan", { at: "end", againFrom: last + 2 })).toMatchObject({
    ...refused,
    message: expect.stringContaining(`no event ${last + 2}, as "againFrom" says`),
  });
  // From the event on that comes next nothing runs again.
  expect(await client.get("flowmason/forkPlan", { at: "end", againFrom: "shown" })).toMatchObject({
    kept: ["a"],
  });
});

test("TT-06 rounds of a loop are told apart in a plan, and what is otherwise in the file is so in each of them", async () => {
  const each = { id: "each", component_type: "foreach", config: { items: [1, 2, 3], loop_stages: ["in"] } };
  const { client } = await launchStages([each, quick("in"), quick("last", { depends_on: ["each"] })], {
    configure: breakAt("last"),
  });
  const one = await client.get<ForkPlan>("flowmason/forkPlan", { at: "end", again: ["each[1]/in"] });
  expect(one.again.map(({ stage }) => stage)).toContain("each[1]/in");
  expect(one.kept).toEqual(expect.arrayContaining(["each[0]/in", "each[2]/in"]));
  const set = { "in.config.template": "other" };
  const all = await client.get<ForkPlan>("flowmason/forkPlan", { at: "end", set });
  expect(all.again.filter(({ why }) => why.includes("config.template")).map(({ stage }) => stage)).toEqual([
    "each[0]/in",
    "each[1]/in",
    "each[2]/in",
  ]);
});
