import { expect, test } from "vitest";
import { createChoices } from "../../extension/merge/choices.ts";

test("DM-11 what was chosen is undone and done again step by step, until something else is chosen", () => {
  const choices = createChoices([{ decision: "a", choice: "base" }]);
  expect([choices.canUndo(), choices.canRedo()]).toEqual([false, false]);
  choices.choose("a", "theirs");
  choices.choose("b", { value: 1 });
  choices.choose("a", null);
  expect(choices.list()).toEqual([{ decision: "b", choice: { value: 1 } }]);
  choices.undo();
  choices.undo();
  expect(choices.list()).toEqual([{ decision: "a", choice: "theirs" }]);
  expect([choices.canUndo(), choices.canRedo()]).toEqual([true, true]);
  choices.redo();
  expect(choices.list()).toEqual([
    { decision: "a", choice: "theirs" },
    { decision: "b", choice: { value: 1 } },
  ]);
  choices.choose("b", "ours");
  choices.redo();
  expect(choices.canRedo()).toBe(false);
  expect(choices.list()).toContainEqual({ decision: "b", choice: "ours" });
  for (const _ of [1, 2, 3]) choices.undo();
  // What was chosen before the view was opened is no step of it.
  choices.undo();
  expect(choices.list()).toEqual([{ decision: "a", choice: "base" }]);
  expect(choices.canUndo()).toBe(false);
});
