import { expect, test } from "vitest";
import { type CanvasEdit, canonicalText, parsePipeline, readAnnotations } from "#core/pipeline";
import { edited, refusalOf } from "../../../support/edit-text.ts";

const file = `{
  "stages": [
    { "id": "a", "component_type": "logger" },
    { "id": "b", "component_type": "logger" }
  ],
  "layout": {
    "a": { "x": 1, "y": 2 }
  }
}
`;

const bare = file.replace(/,\n {2}"layout".*\n.*\n {2}\}/, "");

const note: CanvasEdit = {
  kind: "add-note",
  text: 'why "x"',
  position: { x: 1.4, y: 2 },
  size: null,
  color: null,
};
const group: CanvasEdit = { kind: "add-group", title: "First", stages: ["a", "b"], color: "blue" };

test("CE-17 notes, groups and colours are lines of layout, sorted, and go with the bytes they came with", () => {
  const noted = edited(file, note);
  expect(noted).toBe(
    file.replace(
      '  "layout": {\n',
      '  "layout": {\n    "$note:1": { "x": 1, "y": 2, "text": "why \\"x\\"" },\n',
    ),
  );
  const grouped = edited(noted, group);
  expect(grouped).toContain(
    '"layout": {\n    "$group:1": { "title": "First", "stages": ["a", "b"], "color": "blue" },\n    "$note:1"',
  );
  const colored = edited(grouped, { kind: "set-layout", ids: ["b"], fields: { color: "red" } });
  expect(colored).toContain('    "a": { "x": 1, "y": 2 },\n    "b": { "color": "red" }\n');
  expect(readAnnotations(parsePipeline(colored).pipeline)).toEqual({
    notes: [{ id: "$note:1", position: { x: 1, y: 2 }, size: null, text: 'why "x"', color: null }],
    groups: [{ id: "$group:1", title: "First", stages: ["a", "b"], color: "blue" }],
    colors: new Map([["b", "red"]]),
  });
  expect(edited(colored, { kind: "set-layout", ids: ["b"], fields: { color: null } })).toBe(grouped);
  const all = edited(grouped, { kind: "set-layout", ids: ["a", "b", "$note:1"], fields: { color: "red" } });
  expect(all.match(/"color": "red"/g)).toHaveLength(3);
  expect(edited(grouped, { kind: "delete-stages", stages: ["$group:1"] })).toBe(noted);
  expect(edited(noted, { kind: "delete-stages", stages: ["$note:1"] })).toBe(file);
});

test("CE-17 the first line brings layout, and the last takes it away", () => {
  const noted = edited(bare, { ...note, size: { width: 200, height: 80 }, color: "yellow" });
  expect(noted).toBe(
    bare.replace(
      "  ]\n",
      '  ],\n  "layout": {\n    "$note:1": { "x": 1, "y": 2, "width": 200, "height": 80, "text": "why \\"x\\"", "color": "yellow" }\n  }\n',
    ),
  );
  expect(edited(noted, { kind: "delete-stages", stages: ["$note:1"] })).toBe(bare);
  expect(
    edited('{"stages":[{"id":"a"}]}', { kind: "set-layout", ids: ["a"], fields: { color: "red" } }),
  ).toBe('{"stages":[{"id":"a"}],"layout":{"a":{"color":"red"}}}');
});

test("CE-17 only what changes of a note changes, and it moves as a stage does", () => {
  const text = file.replace(
    '"layout": {\n',
    '"layout": {\n    "$note:1": { "y": 2.0, "text": "t", /* c */ "x": 1 },\n',
  );
  expect(edited(text, { kind: "set-layout", ids: ["$note:1"], fields: { text: "new", color: "red" } })).toBe(
    text.replace('"text": "t"', '"text": "new"').replace('"x": 1 },', '"x": 1, "color": "red" },'),
  );
  expect(edited(text, { kind: "move-stages", moves: [{ stage: "$note:1", x: 5, y: 2 }] })).toBe(
    text.replace('"x": 1 },', '"x": 5 },'),
  );
});

test("CE-17 a group follows its stages when they are renamed or deleted, and into canonical form", () => {
  const grouped = edited(file, group);
  expect(edited(grouped, { kind: "rename-stage-id", stage: "a", to: "z" })).toContain('"stages": ["z", "b"]');
  expect(edited(grouped, { kind: "delete-stages", stages: ["a"] })).toContain('"stages": ["b"]');
  expect(edited(grouped, { kind: "delete-stages", stages: ["a", "b"] })).not.toContain("$group");
  const nested =
    '{"name":"n","stages":{"l":{"component":"foreach","config":{"items":[]},"loop_stages":{"i":{"component":"logger","config":{"message":"m"}}}}},"layout":{"$group:1":{"stages":["l/i"]}}}';
  const result = canonicalText(parsePipeline(nested), () => undefined);
  expect(result.ok && result.text).toMatch(/"\$group:1": \{\s*"stages": \["i"\]/);
});

test("CE-17 what is not there is refused", () => {
  expect(refusalOf(file, { ...group, stages: ["z"] })).toBe('There is no stage "z" in this file.');
  expect(refusalOf(file, { ...group, stages: [] })).toBe("A group has at least one stage.");
  expect(refusalOf(file, { kind: "set-layout", ids: ["$note:9"], fields: { text: "x" } })).toBe(
    'There is no note "$note:9" in this file.',
  );
  expect(refusalOf(file, { kind: "delete-stages", stages: ["$note:9"] })).toContain("no note or group");
});
