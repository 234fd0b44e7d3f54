import fc from "fast-check";
import { expect, test } from "vitest";
import { type Choice, diffPipelines, type MergeOptions, mergePipelines } from "#core/merge";
import { readText } from "../../../core/merge/content/read-text.ts";
import { withoutCommon } from "../../../core/merge/three-way/without-common.ts";
import {
  type ArbitraryPipeline,
  arbitraryPipeline,
  arbitraryStyle,
  type PlainPipeline,
  type PlainStage,
  writeInStyle,
} from "../../support/arbitrary-pipeline.ts";
import { arbitrarySteps, evolved } from "../../support/evolved-pipeline.ts";
import { isSoak } from "../../support/soak.ts";
import { bluntEdits, bluntlyEdited } from "./blunt-edits.ts";

/** The same cases each time; a soak looks for new ones. */
const runs: readonly fc.Parameters<unknown>[] = isSoak
  ? [{ numRuns: 10_000 }]
  : [20_261_128, 161_803, 41_421].map((seed) => ({ seed, numRuns: 24 }));

/** Of a text with a comment every stage is read and merged, whether it was changed or not. */
const readWhole = (text: string): string => `${text}\n// A comment is more than JSON.`;

/** What may stand in a list of stages, and is hard to know again. */
const odd: Readonly<Record<string, readonly unknown[]>> = {
  "an id twice": [{ id: "s3z", component_type: "logger", config: { message: "again" } }],
  "no id": [{ component_type: "logger", config: { message: "{{upstream.s2z.content}}" } }],
  "no stage": [7, "s4z", null, ["s5z"]],
  "an id that is a number": [{ id: 12, component_type: "logger" }],
  "an id with a slash": [{ id: "a/inner", component_type: "logger", depends_on: ["s1z"] }],
  "a name of all objects": [{ id: "__proto__", component_type: "logger", __proto__x: 1 }],
  "ids with numbers": [
    { id: "n20_2", component_type: "logger" },
    { id: "r3_2", component_type: "logger" },
  ],
  "a body": [{ id: "w", component: "foreach", loop_stages: { in: { component: "logger", tags: ["t"] } } }],
};

const inText: Readonly<Record<string, (text: string) => string>> = {
  "an escape": (text) => text.replaceAll(/"s(\d+z)"/g, String.raw`"\u0073$1"`),
  "a key twice": (text) => text.replace(/"id"\s*:\s*"s4z"/, (own) => `"id": "x", ${own}, "id": "s4z"`),
  "stages twice": (text) => text.replace("{", '{"stages": [{"id": "s1z"}],'),
  "stages with an escape": (text) => text.replace("{", String.raw`{"st\u0061ges": [{"id": "s1z"}],`),
  "one list in one line": (text) => text.replace(/\[\s*"one",\s*"two"\s*\]/, '["one", "two"]'),
  "blanks before commas": (text) => text.replaceAll("},", "}\t ,"),
};

/** A stage among many, and by how many another is before it, or behind, that it names; 0 where it names none. */
interface Plain {
  readonly waits: number;
  readonly reads: number;
  readonly branch: number;
  readonly list: boolean;
}

const plainStage: fc.Arbitrary<Plain> = fc.record({
  waits: fc.constantFrom(-1, -1, -1, -1, -1, -1, -2, 0),
  reads: fc.constantFrom(-1, -1, -2, -6, 0, 0, 7),
  branch: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 5),
  list: fc.boolean(),
});

/** Traps that come together spring one another. */
function rarely<Value, Usual>(trap: fc.Arbitrary<Value>, usual: Usual): fc.Arbitrary<Value | Usual> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: trap });
}

const triples = fc
  .record({
    pipeline: arbitraryPipeline.filter(({ json }) => Array.isArray(json.stages)),
    plain: fc.array(plainStage, { minLength: 50, maxLength: 90 }),
    behind: fc.integer({ min: 0, max: 30 }),
    odd: rarely(fc.constantFrom(...Object.keys(odd)), "nothing"),
    inText: rarely(fc.constantFrom(...Object.keys(inText)), "nothing"),
    odds: fc.constantFrom("all", "ours", "theirs"),
    ours: fc.tuple(rarely(arbitrarySteps, []), bluntEdits),
    theirs: fc.tuple(rarely(arbitrarySteps, []), bluntEdits),
    style: arbitraryStyle,
    other: rarely(arbitraryStyle, null),
  })
  .map(({ pipeline, plain, behind, ours, theirs, style, other, ...traps }) => {
    const base = among(pipeline, plain, behind);
    const edited = ([steps, edits]: typeof ours): PlainPipeline => bluntlyEdited(evolved(base, steps), edits);
    const all = { base, ours: edited(ours), theirs: edited(theirs) };
    const written = (side: "base" | "ours" | "theirs"): string => {
      const text = writeInStyle(withOdd(all[side], behind, odd[traps.odd] ?? []), {
        ...(side === "ours" ? (other ?? style) : style),
        comments: false,
      });
      const trap = inText[traps.inText];
      return trap === undefined || (traps.odds !== "all" && traps.odds !== side) ? text : trap(text);
    };
    return { base: written("base"), ours: written("ours"), theirs: written("theirs") };
  });

/** A pipeline whose own stages stand `behind` some of many others. */
function among({ json }: ArbitraryPipeline, plain: readonly Plain[], behind: number): PlainPipeline {
  const named = (index: number, by: number): readonly string[] =>
    by === 0 || index + by < 0 || index + by >= plain.length ? [] : [`s${index + by}z`];
  const many = plain.map(
    ({ waits, reads, branch, list }, index): PlainStage => ({
      id: `s${index}z`,
      component_type: branch === 0 ? "generator" : "conditional",
      ...(waits === 0 ? {} : { depends_on: named(index, waits) }),
      config: {
        prompt: `Write of ${index}${named(index, reads)
          .map((id) => `, as {{upstream.${id}.content}}`)
          .join("")}.`,
        ...(branch === 0 ? {} : { true_stages: named(index, branch) }),
      },
      ...(list ? { tags: ["one", "two"] } : {}),
    }),
  );
  const own = json.stages as readonly PlainStage[];
  return { ...json, stages: [...many.slice(0, behind), ...own, ...many.slice(behind)] };
}

function withOdd(pipeline: PlainPipeline, at: number, more: readonly unknown[]): unknown {
  const stages: readonly unknown[] = Array.isArray(pipeline.stages) ? pipeline.stages : [];
  return { ...pipeline, stages: stages.toSpliced(at, 0, ...more) };
}

const favors = fc.constantFrom<MergeOptions>({}, { favor: "ours" }, { favor: "theirs" });

test("a merge that leaves out what nobody changed gives the text and the decisions of one that reads all", () => {
  let leftOut = 0;
  let all = 0;
  for (const parameters of runs)
    fc.assert(
      fc.property(triples, favors, fc.array(fc.nat(3)), ({ base, ours, theirs }, favor, chosen) => {
        if (base === ours || base === theirs) return;
        all += 1;
        leftOut += leavesOut(base, ours, theirs) ? 1 : 0;
        const merged = mergePipelines(base, ours, theirs, favor);
        expect(merged).toEqual(mergePipelines(readWhole(base), ours, theirs, favor));
        if (!merged.ok) return;
        const choices = new Map(
          merged.decisions.flatMap(({ id, resolutions }, index): readonly (readonly [string, Choice])[] => {
            const choice = resolutions[(chosen[index % chosen.length] ?? 0) % resolutions.length];
            return choice === undefined ? [] : [[id, choice]];
          }),
        );
        expect(mergePipelines(base, ours, theirs, { ...favor, choices })).toEqual(
          mergePipelines(readWhole(base), ours, theirs, { ...favor, choices }),
        );
      }),
      parameters,
    );
  // Else this test would say nothing.
  expect(leftOut / all).toBeGreaterThan(0.3);
});

function leavesOut(base: string, ours: string, theirs: string): boolean {
  const old = readText(base);
  if (!old.ok) return false;
  const [own, other] = [readText(ours, old), readText(theirs, old)];
  return own.ok && other.ok && withoutCommon({ base: old, ours: own, theirs: other }) !== null;
}

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

test("a diff that looks at what is written otherwise only tells what one tells that compares all", () => {
  for (const parameters of runs)
    fc.assert(
      fc.property(triples, ({ base, ours, theirs }) => {
        for (const [before, after] of [
          [base, ours],
          [ours, theirs],
        ] as const)
          expect(diffPipelines(before, after)).toEqual(diffPipelines(readWhole(before), after));
      }),
      parameters,
    );
});
