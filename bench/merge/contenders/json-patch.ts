import { applyChangeset, diff as changeset } from "json-diff-ts";
import { create, type Delta } from "jsondiffpatch";
import type { MergeContender } from "./contender.ts";

// A patch knows no conflict: what theirs changed in the base is done to ours. Each stage is known by its id.
const byId = create({
  objectHash: (item, index) => idOf(item) ?? `at ${index}`,
});

function idOf(item: unknown): string | undefined {
  return typeof item === "object" && item !== null && "id" in item ? String(item.id) : undefined;
}

/** The differ that finds moves. */
export const jsonDiffPatch: MergeContender = {
  name: "jsondiffpatch (id hash), theirs as a patch",
  merge({ base, ours, theirs }) {
    const delta: Delta = byId.diff(JSON.parse(base), JSON.parse(theirs));
    try {
      return { kind: "merged", text: JSON.stringify(byId.patch(JSON.parse(ours), delta)) };
    } catch {
      // The patch does not fit: it says so, as a merge would.
      return { kind: "conflict" };
    }
  },
};

export const jsonDiffTs: MergeContender = {
  name: "json-diff-ts (id), theirs as a patch",
  merge({ base, ours, theirs }) {
    const changes = changeset(JSON.parse(base), JSON.parse(theirs), { embeddedObjKeys: { stages: "id" } });
    // Where a patch does not fit it writes so to the console, and goes on.
    const { warn } = console;
    console.warn = () => undefined;
    try {
      return { kind: "merged", text: JSON.stringify(applyChangeset(JSON.parse(ours), changes)) };
    } catch {
      return { kind: "conflict" };
    } finally {
      console.warn = warn;
    }
  },
};
