import { expect, test } from "vitest";
import type { CanvasEdit } from "#core/pipeline";
import { edited, refusalOf } from "../../../support/edit-text.ts";

function set(state: "on" | "off", ...stages: readonly string[]): CanvasEdit {
  return { kind: "set-enabled", stages, state };
}

const file = `{
  "stages": [
    {
      "id": "a",
      "component_type": "logger",
      "position": { "x": 1, "y": 1 }
    },
    { "id": "b", "component_type": "logger" }
  ]
}
`;

test("CE-17 stages are switched off and on again, in one edit, and the bytes are as before", () => {
  const off = edited(file, set("off", "a", "b", "a"));
  expect(off).toBe(
    file
      .replace('"logger",\n', '"logger",\n      "enabled": false,\n')
      .replace('"component_type": "logger" }', '"component_type": "logger", "enabled": false }'),
  );
  expect(edited(off, set("on", "b", "a"))).toBe(file);
  expect(edited(off, set("off", "a"))).toBe(off);
  expect(refusalOf(file, set("off", "z"))).toBe('There is no stage "z" in this file.');
});

test("CE-17 a stage of the parent is switched in the overrides", () => {
  const child = '{\n  "extends": "p",\n  "stages": []\n}\n';
  const off = edited(child, set("off", "x"));
  expect(off).toContain('"overrides": {\n    "x": { "enabled": false }\n  }');
  expect(edited(off, set("on", "x"))).toBe(child);
});
