import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPipeline } from "#core/checks";
import { type Decision, diffPipelines, mergeAndCheck, mergePipelines } from "#core/merge";
import { documentToJson, isJsonObject, type JsonValue, parsePipeline } from "#core/pipeline";
import {
  arbitraryPipeline,
  arbitraryStyle,
  type PlainPipeline,
  writeInStyle,
} from "../../support/arbitrary-pipeline.ts";
import { arbitrarySteps, evolved } from "../../support/evolved-pipeline.ts";
import { dialects, inDialect } from "../../support/in-dialect.ts";
import { isSoak } from "../../support/soak.ts";
import { sameModel } from "./same-model.ts";
import { silentLosses } from "./silent-losses/silent-losses.ts";

/** The same cases each time, of seeds that were taken blindly; a soak looks for new ones. */
const runs: readonly fc.Parameters<unknown>[] = isSoak
  ? [{ numRuns: 10_000 }]
  : [20_261_127, 271_828, 57_721].map((seed) => ({ seed, numRuns: 12 }));

/**
 * A base that people have worked on, and what two of them made of it, each in a style; one of them may have written it
 * in another dialect.
 */
const triples = fc
  .record({
    pipeline: arbitraryPipeline,
    before: arbitrarySteps,
    ours: arbitrarySteps,
    theirs: arbitrarySteps,
    style: fc.option(arbitraryStyle, { nil: null, freq: 3 }),
    rewriter: fc.constantFrom("ours", "theirs", "nobody", "nobody", "nobody"),
    dialect: fc.constantFrom(...dialects),
  })
  .map(({ pipeline, before, ours, theirs, style, rewriter, dialect }) => {
    const base = evolved(pipeline.json, before);
    const made = { ours: evolved(base, ours), theirs: evolved(base, theirs) };
    const written = (side: "ours" | "theirs"): PlainPipeline =>
      rewriter === side ? inDialect(made[side], dialect) : made[side];
    const texts = {
      base: writeInStyle(base, pipeline.style),
      ours: writeInStyle(written("ours"), style ?? pipeline.style),
      theirs: writeInStyle(written("theirs"), pipeline.style),
    };
    // A stage that somebody added may be spelled otherwise than the others of its own file.
    const spells = (key: string): boolean => Object.values(texts).some((text) => text.includes(`"${key}"`));
    const isMixed = rewriter !== "nobody" || (spells("component") && spells("component_type"));
    return { ...texts, isMixed };
  });

interface Triple {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  /** Whether there are several dialects in them. */
  readonly isMixed: boolean;
}

/** Holds a law against all cases; it throws where it is broken. */
function expectLaw(law: (triple: Triple) => void): void {
  for (const parameters of runs) fc.assert(fc.property(triples, law), parameters);
}

test("DM-07 where only one side changed the text, the merge is that side's, byte for byte", () => {
  expectLaw(({ base, ours }) => {
    expect(mergePipelines(base, ours, base)).toEqual({ ok: true, text: ours, decisions: [] });
    expect(mergePipelines(base, base, ours)).toEqual({ ok: true, text: ours, decisions: [] });
    expect(mergePipelines(base, ours, ours)).toEqual({ ok: true, text: ours, decisions: [] });
  });
});

test("DM-07 swapping the sides swaps labels only", () => {
  expectLaw(({ base, ours, theirs, isMixed }) => {
    // What is decided for one side is the same whichever it is called; what is open leaves out what follows from it.
    for (const [favor, other] of [
      ["ours", "theirs"],
      ["theirs", "ours"],
    ] as const) {
      const one = merged(base, ours, theirs, favor);
      const another = merged(base, theirs, ours, other);
      expect(another.decisions.map(swapped).toSorted()).toEqual(one.decisions.map(labelled).toSorted());
      // Each is written in the dialect of its own side.
      if (isMixed) expectSame(inOneDialect(another.text), inOneDialect(one.text));
      else expectSame(another.text, one.text);
    }
  });
});

test("DM-07 no change is lost in silence: each is in the result or named in a decision, by stage and path", () => {
  expectLaw((triple) => {
    const { text, decisions: told } = merged(triple.base, triple.ours, triple.theirs);
    // What the dialect makes of a stage is no change of it.
    const as = triple.isMixed ? inOneDialect : (each: string): string => each;
    const [base, ours, theirs, result] = [as(triple.base), as(triple.ours), as(triple.theirs), as(text)];
    const decisions = told.map((decision) => (triple.isMixed ? inOneSpelling(decision) : decision));
    expect(silentLosses({ base, side: ours, other: theirs, result, decisions })).toEqual([]);
    expect(silentLosses({ base, side: theirs, other: ours, result, decisions })).toEqual([]);
  });
});

test("DM-09 the result can be read, and merging it again with either side changes nothing, unless it hides a rename, looks like one or has lost an output", () => {
  expectLaw(({ base, ours, theirs }) => {
    const { text, decisions } = merged(base, ours, theirs);
    expect(parsePipeline(text).broken).toBe(false);
    // What no longer goes together is found by errors that neither side has: with the result as a side, one may have them.
    if (decisions.some(({ reason }) => reason === "output-changed")) return;
    // A stage that one side renamed and the other changed beyond recognition is a new one for who sees the result only;
    // and one that a side added looks renamed there where it is like one that the other side removed.
    const made = new Set([...renamesOf(base, ours), ...renamesOf(base, theirs)]);
    const seen = new Set(renamesOf(base, text));
    if (made.size !== seen.size || [...made].some((rename) => !seen.has(rename))) return;
    expect(merged(base, text, theirs).text).toBe(text);
    expectSame(merged(base, text, ours).text, text);
  });
});

test("DM-07 a merge of which nothing is open has no kind of error that neither side has; few are told by no other rule", () => {
  let [count, untold] = [0, 0];
  expectLaw(({ base, ours, theirs }) => {
    const result = mergeAndCheck(base, ours, theirs);
    if (!result.ok) throw new Error(result.message);
    count += 1;
    const open = result.decisions.filter(({ state }) => state === "open");
    if (open.some(({ reason }) => reason === "problem-of-both")) untold += 1;
    if (open.length > 0) return;
    const had = new Set([...errorsOf(ours), ...errorsOf(theirs)]);
    expect(errorsOf(result.text).filter((code) => !had.has(code))).toEqual([]);
  });
  expect(untold).toBeLessThanOrEqual(count / 2000);
});

test("DM-06 stages of ours that the merge leaves as they are keep every byte, and so does all where it changes nothing", () => {
  expectLaw(({ base, ours, theirs }) => {
    const { text } = merged(base, ours, theirs);
    if (sameModel(jsonOf(text), jsonOf(ours))) expect(text).toBe(ours);
    const now = unitsOf(text);
    for (const [id, unit] of unitsOf(ours)) {
      const other = now.get(id);
      if (other !== undefined && sameModel(other.json, unit.json)) expect(other.text).toBe(unit.text);
    }
  });
});

function merged(
  base: string,
  ours: string,
  theirs: string,
  favor?: "ours" | "theirs",
): { readonly text: string; readonly decisions: readonly Decision[] } {
  const result = mergePipelines(base, ours, theirs, favor === undefined ? {} : { favor });
  if (!result.ok) throw new Error(result.message);
  return result;
}

function jsonOf(text: string): JsonValue {
  return documentToJson(parsePipeline(text));
}

function expectSame(one: string, other: string): void {
  if (!sameModel(jsonOf(one), jsonOf(other)))
    expect(JSON.stringify(jsonOf(one), null, 1)).toBe(JSON.stringify(jsonOf(other), null, 1));
}

/** A pipeline by the ids of its stages, whichever dialect it is written in. */
function inOneDialect(text: string): string {
  // What was generated, and what is made of it, has a list or an object of stages.
  const pipeline = jsonOf(text) as PlainPipeline;
  return inOneSpelling(JSON.stringify(inDialect(pipeline, "map")));
}

/** With one name for what the dialects call by two. */
function inOneSpelling<Value extends string | Decision>(value: Value): Value {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const spelt = text.replaceAll('"component_type"', '"component"');
  // JSON of a decision is one; what is undefined in it is not there.
  return typeof value === "string" ? (spelt as Value) : (JSON.parse(spelt) as Value);
}

function renamesOf(before: string, after: string): readonly string[] {
  const result = diffPipelines(before, after);
  if (!result.ok) throw new Error(result.message);
  return result.diff.changes.flatMap((change) =>
    change.kind === "stage-renamed" ? [JSON.stringify([change.from, change.stage])] : [],
  );
}

function errorsOf(text: string): readonly string[] {
  return checkPipeline(parsePipeline(text))
    .problems.filter(({ severity }) => severity === "error")
    .map(({ code }) => code);
}

/** A decision about a circle, or about two branches, is told where theirs has its part. */
function labelled(decision: Decision): string {
  const { state, reason, stage, path, ours, theirs } = inOneSpelling(decision);
  return JSON.stringify([
    state,
    reason,
    reason === "cycle" || (reason === "moved-twice" && path.length > 0) ? [] : [stage, path],
    ours,
    theirs,
  ]);
}

function swapped(decision: Decision): string {
  return labelled({ ...decision, ours: decision.theirs, theirs: decision.ours });
}

function unitsOf(text: string): ReadonlyMap<string, { readonly json: JsonValue; readonly text: string }> {
  const document = parsePipeline(text);
  const json = jsonOf(text);
  const stages = isJsonObject(json) ? json["stages"] : undefined;
  return new Map(
    document.tree.units.map(({ length, property }, index) => {
      const start = document.tree.starts[index] ?? 0;
      const id =
        document.pipeline.stages.find((_, at) => document.tree.identities.unitOf[at] === index)?.id ?? "";
      const value = Array.isArray(stages)
        ? stages[index]
        : isJsonObject(stages)
          ? stages[property?.key ?? ""]
          : null;
      return [id, { json: value ?? null, text: text.slice(start, start + length) }];
    }),
  );
}
