import fc from "fast-check";
import { expect, test } from "vitest";
import { type CanvasEdit, documentToJson, type JsonValue, parsePipeline } from "#core/pipeline";
import { edited, followEdit } from "../../../support/edit-text.ts";
import { cases } from "../../../support/soak.ts";

function set(path: readonly string[], value: JsonValue): CanvasEdit {
  return { kind: "set-value", stage: "a", path, value };
}

const file = `{
  "stages": [
    {
      "id": "a",
      "config": {
        "one": 1.0, // first
        "list": [
          { "x": 1 }, // kept
          { "x": 2, "y": [ ] },
          { "x": 3 } // last
        ],
        "gone": true
      }
    }
  ]
}
`;

test("CE-02 of an object or a list, only the parts that differ are written anew", () => {
  const list: readonly JsonValue[] = [{ x: 1 }, { x: 5, y: [] }, { x: 3 }];
  expect(edited(file, set(["config", "list"], list))).toBe(file.replace('"x": 2', '"x": 5'));
  expect(edited(file, set(["config"], { one: 1, list: [...list, { x: 4 }] }))).toBe(
    file
      .replace('"x": 2', '"x": 5')
      .replace('{ "x": 3 } // last', '{ "x": 3 }, // last\n          { "x": 4 }')
      .replace('        ],\n        "gone": true\n', "        ]\n"),
  );
  expect(edited(file, set(["config", "list"], [{ x: 1 }, { x: 3 }]))).toBe(
    file.replace('          { "x": 2, "y": [ ] },\n', ""),
  );
});

test("CE-02 any value can be set in place of any other, and what is the same stays", () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  fc.assert(
    fc.property(
      value,
      value,
      fc.constantFrom("\n", "\r\n"),
      fc.constantFrom(2, 3, "\t"),
      (before, after, eol, indent) => {
        const json = { stages: [{ id: "a", config: { it: before, other: [1] } }] };
        const text = JSON.stringify(json, null, indent).replaceAll("\n", eol);
        // What fast-check makes is JSON.
        const wanted = JSON.parse(JSON.stringify(after));
        const document = followEdit(text, set(["config", "it"], wanted));
        if (document === null) throw new Error("Refused.");
        expect(documentToJson(document)).toEqual({
          stages: [{ id: "a", config: { it: wanted, other: [1] } }],
        });
        const again = followEdit(document.text, set(["config", "it"], wanted));
        expect(again?.text).toBe(document.text);
        expect(parsePipeline(document.text).problems).toEqual(
          parsePipeline(text).problems.map(() => expect.anything()),
        );
      },
    ),
    { seed: 121, numRuns: cases(300, 3000) },
  );
});
