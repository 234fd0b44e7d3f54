import { expect, test } from "vitest";
import type { MergeDecision, ShownMerge } from "#protocol";
import { decisionsOf, initialMerge, withMerge } from "../../../webview/merge/merge-model.ts";

test("decisions keep their places while choices are made, whatever order the merge finds them in", () => {
  let model = withMerge(initialMerge, merge("a", "b", "c"));
  const idsNow = (): readonly string[] => decisionsOf(model.shown).map(({ id }) => id);
  model = withMerge(model, merge("c", "b", "a"));
  expect(idsNow()).toEqual(["a", "b", "c"]);
  model = withMerge(model, merge("c", "b", "new", "a", "last"));
  expect(idsNow()).toEqual(["a", "last", "b", "new", "c"]);
  model = withMerge(model, merge("b", "first"));
  expect(idsNow()).toEqual(["b", "first"]);
});

function merge(...ids: readonly string[]): ShownMerge {
  const none = { text: null, pieces: [] };
  const decision = (id: string): MergeDecision => ({
    id,
    state: "open",
    reason: "changed-twice",
    stage: null,
    path: id,
    message: id,
    resolutions: ["ours", "theirs"],
    edit: null,
    choice: null,
    base: none,
    ours: none,
    theirs: none,
  });
  const side = { name: "side", role: "", text: "{}", diff: null };
  return {
    kind: "merge",
    file: "file:///p.pipeline.json",
    fileName: "p.pipeline.json",
    operation: "Merge",
    base: side,
    ours: side,
    theirs: side,
    result: null,
    answer: { ok: true, text: "{}", decisions: ids.map(decision), problems: [] },
    canUndo: false,
    canRedo: false,
    components: [],
  };
}
