import { expect, test } from "vitest";
import { diffPipelines, type MergeOptions, mergePipelines } from "#core/merge";
import type { PlainStage } from "../../support/arbitrary-pipeline.ts";
import { leavesOut, readWhole } from "./read-whole.ts";

/** Many stages, each behind the one before, with a change for some of them. */
function chain(changes: Readonly<Record<number, PlainStage>> = {}): readonly PlainStage[] {
  return Array.from({ length: 60 }, (_, index) => ({
    id: `s${index}z`,
    component_type: "logger",
    ...(index === 0 ? {} : { depends_on: [`s${index - 1}z`] }),
    config: { message: `Step ${index}` },
    ...changes[index],
  }));
}

const twoChains = { 30: { depends_on: [] } };

const lines = (stages: readonly PlainStage[]): string => JSON.stringify({ name: "p", stages }, null, 2);
const added = (component: string, message: string): PlainStage => ({
  id: "new",
  component_type: component,
  config: { message, level: message },
});

function firstListInLine(changes: Readonly<Record<number, PlainStage>>): string {
  const none = { depends_on: undefined };
  const text = lines(chain({ 1: none, 2: none, 3: none, 4: none, ...changes }));
  return text.replace(/\[\s*"s4z"\s*\]/, '["s4z"]');
}

test.each<readonly [what: string, base: string, ours: string, theirs: string, choice: MergeOptions]>([
  [
    "the number that an added stage gets belongs to one of the others",
    lines(chain({ 30: { id: "new_2" } })),
    lines(chain({ 30: { id: "new_2" } }).toSpliced(3, 0, added("logger", "ours"))),
    lines(chain({ 30: { id: "new_2" } }).toSpliced(50, 0, added("generator", "of theirs"))),
    { choices: new Map([["/stages/new", "both"]]) },
  ],
  [
    "one of the others has the first list of the file, in one line",
    firstListInLine({}),
    firstListInLine({ 20: { name: "ours" } }),
    firstListInLine({ 40: { tags: ["a", "b"] } }),
    {},
  ],
  [
    "some of the others have moved together, and what was added stands between them",
    lines(chain()),
    lines([...chain().slice(0, 5), ...chain().slice(9, 15), ...chain().slice(5, 9), ...chain().slice(15)]),
    lines(chain().toSpliced(9, 0, added("logger", "theirs"))),
    {},
  ],
  [
    "both sides made a circle through the others",
    lines(chain(twoChains)),
    lines(chain({ ...twoChains, 10: { depends_on: ["s9z", "s50z"] } })),
    lines(chain({ ...twoChains, 40: { depends_on: ["s39z", "s20z"] } })),
    {},
  ],
  [
    "both sides put one of the others into a branch",
    lines(chain()),
    lines(chain({ 10: { component_type: "conditional", config: { true_stages: ["s30z"] } } })),
    lines(chain({ 50: { component_type: "conditional", config: { true_stages: ["s30z"] } } })),
    {},
  ],
])("a merge that leaves some out gives the same where %s", (_, base, ours, theirs, options) => {
  expect(leavesOut(base, ours, theirs)).toBe(true);
  const merged = mergePipelines(base, ours, theirs, options);
  expect(merged).toEqual(mergePipelines(readWhole(base), ours, theirs, options));
});

const known = { a: 1, b: 2 };

test.each<readonly [what: string, before: string, after: string]>([
  [
    "one of the others waits for a stage by both of its names",
    lines(
      chain({
        20: { id: "old", config: { ...known, d: 4, e: 5, f: 6 } },
        40: { depends_on: ["old", "new"] },
      }),
    ),
    lines(
      chain({
        20: { id: "new", config: { ...known, d: 5, e: 6, f: 7 } },
        40: { depends_on: ["old", "new"] },
      }),
    ),
  ],
  [
    "fewer stages have moved than would have to among what is left",
    lines(chain()),
    lines([...chain().slice(0, 5), ...chain().slice(9, 15), ...chain().slice(5, 9), ...chain().slice(15)]),
  ],
])("a diff that leaves some out gives the same where %s", (_, before, after) => {
  expect(diffPipelines(before, after)).toEqual(diffPipelines(readWhole(before), after));
});
