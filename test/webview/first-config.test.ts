import { describe, expect, test } from "vitest";
import { componentChoices, searchComponents } from "../../webview/add/component-choice.ts";
import { firstConfig } from "../../webview/add/first-config.ts";

describe("the config a new stage begins with", () => {
  test("holds each required field of a type, empty, and no other", () => {
    const fields = {
      text: { type: "string" },
      count: { type: "integer", minimum: 2 },
      mode: { enum: ["fast", "slow"] },
      either: { anyOf: [{ type: "array" }, { type: "string" }] },
      anything: { description: "Whatever." },
      optional: { type: "string" },
    };
    const required = ["text", "count", "mode", "either", "anything", "toString"];
    expect(firstConfig(fields, required)).toEqual({ text: "", count: 2, mode: "fast", either: [] });
  });

  test("a field named __proto__ is only a key", () => {
    const config = firstConfig(JSON.parse('{ "__proto__": { "type": "string" } }'), ["__proto__"]);
    expect(Object.keys(config)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(config)).toBe(Object.prototype);
  });
});

test("components are found by title before type before description", () => {
  const found = searchComponents(componentChoices([]), "router").map(({ type }) => type);
  expect(found[0]).toBe("router");
  expect(found.slice(0, 3).toSorted()).toEqual(["error_router", "output_router", "router"]);
});
