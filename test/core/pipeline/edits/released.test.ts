import { describe, expect, test } from "vitest";
import { type CanvasEdit, editPipeline, parsePipeline, pipelineGraph } from "#core/pipeline";
import { edited } from "../../../support/edit-text.ts";

/** A loop around a conditional, which only its own list names; "y" is nowhere but in its branch. */
const loop = `{
  "stages": [
    { "id": "l", "component_type": "foreach", "config": { "items": [], "loop_stages": ["c", "z"] } },
    { "id": "c", "component_type": "conditional", "config": { "true_branch_stages": ["y"] } },
    { "id": "y", "component_type": "logger" },
    { "id": "z", "component_type": "logger" }
  ]
}
`;

/** The conditional "d" decides on "c" too. */
const nested = loop
  .replace('["c", "z"]', '["d", "z"]')
  .replace(
    '    { "id": "c"',
    '    { "id": "d", "component_type": "conditional", "config": { "false_branch_stages": ["c"] } },\n    { "id": "c"',
  );

const remove = (...stages: readonly string[]): CanvasEdit => ({ kind: "delete-stages", stages });
const apart = (from: string, to: string): CanvasEdit => ({ kind: "disconnect", from, to });
const out = (...stages: readonly string[]): CanvasEdit => ({ kind: "take-out", stages });

function notesOf(text: string, edit: CanvasEdit): readonly string[] {
  const result = editPipeline(parsePipeline(text), edit);
  if (!result.ok) throw new Error(result.message);
  return result.notes ?? [];
}

function ownerOf(text: string, id: string): string | null {
  return pipelineGraph(parsePipeline(text)).nodes.find(({ stage }) => stage.id === id)?.owner?.stage ?? null;
}

describe("what a branch enabled", () => {
  test.each([remove("c"), apart("c", "y"), out("y")])(
    "CE-02 stays in the loop of its conditional: %j",
    (edit) => {
      expect(ownerOf(loop, "y")).toBe("l");
      const text = edited(loop, edit);
      expect(ownerOf(text, "y")).toBe("l");
      expect(text).toContain(edit.kind === "delete-stages" ? '["y", "z"]' : '["c", "y", "z"]');
    },
  );

  test("CE-02 always runs then, which is told, unless it is switched off", () => {
    expect(notesOf(loop, remove("c"))).toEqual([
      '"y" ran only where "c" chose: it always runs inside "l" now.',
    ]);
    expect(notesOf(loop, apart("c", "y"))).toEqual([
      '"y" ran only where "c" chose: it always runs inside "l" now.',
    ]);
    expect(notesOf(loop, remove("c", "y"))).toEqual([]);
    expect(notesOf(loop.replace('"y", "comp', '"y", "enabled": false, "comp'), remove("c"))).toEqual([]);
    const free =
      '{"stages":[{"id":"c","component_type":"conditional","config":{"true_branch_stages":["y","z"]}},{"id":"y","component_type":"logger"},{"id":"z","component_type":"logger"}]}';
    expect(notesOf(free, remove("c"))).toEqual(['"y", "z" ran only where "c" chose: it always runs now.']);
  });

  test("CE-02 is still decided on by the branch that its conditional is in", () => {
    for (const edit of [remove("c"), apart("c", "y"), out("y")]) {
      const text = edited(nested, edit);
      expect(text).toMatch(/"false_branch_stages": \["(c", ")?y"\]/);
      expect([ownerOf(text, "y"), notesOf(nested, edit)]).toEqual(["l", []]);
    }
    const both = edited(nested, remove("c", "d"));
    expect(both).toContain('"loop_stages": ["y", "z"]');
    expect(notesOf(nested, remove("c", "d"))).toHaveLength(1);
  });

  test("CE-02 leaves the loop with its conditional, or when it is taken out of the loop", () => {
    expect(ownerOf(edited(loop, out("c", "y")), "y")).toBe(null);
    expect(edited(loop, out("c", "y"))).toContain('"true_branch_stages": ["y"]');
    const listed = loop.replace('["c", "z"]', '["c", "y", "z"]');
    const text = edited(listed, out("y"));
    expect([ownerOf(text, "y"), text.includes('"true_branch_stages": []')]).toEqual([null, true]);
  });
});

test("CE-02 what a deleted loop ran is in the loop around it, or told to run on its own", () => {
  const text = loop
    .replace(
      '"c", "component_type": "conditional", "config": { "true_branch',
      '"c", "component_type": "foreach", "config": { "loop',
    )
    .replace('"loop_stages": ["y"]', '"loop_stages": ["y"]');
  expect(edited(text, remove("c"))).toContain('"loop_stages": ["y", "z"]');
  expect(notesOf(text, remove("c"))).toEqual(['"y" ran inside "c": it runs inside "l" now.']);
  expect(notesOf(text, remove("l"))).toEqual(['"c", "z" ran inside "l": it runs on its own now.']);
});
