import { expect, test } from "vitest";
import { nodeRefusal } from "../../cli/node-refusal.ts";

test("a Node that is too old is named with the one that is needed", () => {
  expect(nodeRefusal("20.20.2")).toBe(
    "fm needs Node 22 or newer, and this is 20.20.2. Start it with a newer one.",
  );
  expect(nodeRefusal("9.0.0")).not.toBeNull();
});

test.each(["22.0.0", "22.22.0", "24.21.0", "100.0.0"])("Node %s is new enough", (version) => {
  expect(nodeRefusal(version)).toBeNull();
});
