import fc from "fast-check";
import {
  type ArbitraryPipeline,
  arbitraryPipeline,
  arbitraryStyle,
  type PlainPipeline,
  type PlainStage,
  writeInStyle,
} from "../../support/arbitrary-pipeline.ts";
import { arbitrarySteps, evolved } from "../../support/evolved-pipeline.ts";
import { bluntEdits, bluntlyEdited } from "./blunt-edits.ts";

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

/** Three texts of pipelines of many stages, of which few are different, with what is hard to know again among them. */
export const triplesOfMany = fc
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
