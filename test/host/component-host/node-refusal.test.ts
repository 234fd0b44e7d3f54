import { expect, test } from "vitest";
import { nodeRefusal } from "../../../host/component-host/load-components.ts";

test.each(["22.14.0", "22.0.1", "20.19.0"])("Node %s is told to be too old", (version) => {
  expect(nodeRefusal(version)).toContain(`need Node 22.15 or newer, and this is ${version}`);
});

test.each(["22.15.0", "22.23.3", "23.5.0", "24.1.0"])("Node %s is new enough", (version) => {
  expect(nodeRefusal(version)).toBe(null);
});
