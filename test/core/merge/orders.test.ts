import { expect, test } from "vitest";
import { base, draft, fetch, merge, tell, withStages } from "./merged-pipelines.ts";

test("DM-06 orders that do not go together are one decision with all three, of which any can be chosen", () => {
  const one = { id: "one", component_type: "logger", config: { message: "1" } };
  const ours = withStages(tell, draft, fetch, one);
  const theirs = { ...withStages(draft, tell, fetch), version: "2.0.0" };
  const orders = {
    base: ["fetch", "draft", "tell"],
    ours: ["tell", "draft", "fetch"],
    theirs: ["draft", "tell", "fetch"],
  };
  const merged = merge(base, ours, theirs);
  expect(merged.decisions).toEqual([
    expect.objectContaining({
      id: "#order",
      state: "automatic",
      reason: "moved-twice",
      stage: null,
      ...orders,
      ours: [...orders.ours, "one"],
      message:
        "Both sides put stages in another order, and these orders do not go together: what both have is in that of ours.",
      resolutions: ["ours", "theirs", "base"],
    }),
  ]);
  expect(merged.json.stages.map(({ id }) => id)).toEqual([...orders.ours, "one"]);
  for (const side of ["ours", "theirs", "base"] as const) {
    const { json, decisions } = merge(base, ours, theirs, { choices: new Map([["#order", side]]) });
    const ids = json.stages.map(({ id }) => id);
    expect(ids.filter((id) => id !== "one")).toEqual(orders[side]);
    expect(ids).toHaveLength(4);
    expect(json["version"]).toBe("2.0.0");
    expect(decisions).toMatchObject([{ state: "chosen" }]);
  }
  expect(merge(base, ours, theirs, { favor: "theirs" }).json.stages.map(({ id }) => id)).toEqual([
    ...orders.theirs,
    "one",
  ]);
});

test("DM-06 two stages that one side turned around, of which the other moved one, are not turned back in silence", () => {
  const [b, c, d, e] = ["b", "c", "d", "e"].map((id) => ({ id, component_type: "logger" }) as const);
  const stages = (...all: readonly (object | undefined)[]) => withStages(...all.map((each) => ({ ...each })));
  const { json, decisions } = merge(
    stages(b, c, d, e),
    stages(c, { ...b, name: "B" }, d, e),
    stages(d, c, e),
  );
  const ids = json.stages.map(({ id }) => id);
  const isTold = decisions.some(({ reason }) => reason === "moved-twice");
  expect(isTold || ids.indexOf("d") < ids.indexOf("c")).toBe(true);
});
