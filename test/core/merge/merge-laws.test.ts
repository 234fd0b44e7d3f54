import fc from "fast-check";
import { expect, test } from "vitest";
import { type Decision, diffPipelines, mergePipelines, type ValueChanged } from "#core/merge";
import { documentToJson, isJsonObject, type JsonValue, parsePipeline, sameJson } from "#core/pipeline";
import { arbitraryPipeline, arbitraryStyle, writeInStyle } from "../../support/arbitrary-pipeline.ts";
import { arbitrarySteps, evolved } from "../../support/evolved-pipeline.ts";
import { isSoak } from "../../support/soak.ts";
import { sameModel } from "./same-model.ts";

/** The same cases each time but in a soak, which looks for new ones. */
const runs = isSoak ? { numRuns: 10_000 } : { numRuns: 30, seed: 20_261_127 };

/** A base, and what two people made of it, each in a style. */
const triples = fc
  .record({
    base: arbitraryPipeline,
    ours: arbitrarySteps,
    theirs: arbitrarySteps,
    style: fc.option(arbitraryStyle, { nil: null, freq: 3 }),
  })
  .map(({ base, ours, theirs, style }) => ({
    base: base.text,
    ours: writeInStyle(evolved(base.json, ours), style ?? base.style),
    theirs: writeInStyle(evolved(base.json, theirs), base.style),
  }));

test("DM-07 where only one side changed the text, the merge is that side's, byte for byte", () => {
  fc.assert(
    fc.property(triples, ({ base, ours }) => {
      expect(mergePipelines(base, ours, base)).toEqual({ ok: true, text: ours, decisions: [] });
      expect(mergePipelines(base, base, ours)).toEqual({ ok: true, text: ours, decisions: [] });
      expect(mergePipelines(base, ours, ours)).toEqual({ ok: true, text: ours, decisions: [] });
    }),
    runs,
  );
});

test("DM-07 swapping the sides swaps labels only", () => {
  fc.assert(
    fc.property(triples, ({ base, ours, theirs }) => {
      const one = merged(base, ours, theirs);
      const other = merged(base, theirs, ours);
      expect(own(other.decisions).map(swapped).toSorted()).toEqual(
        own(one.decisions).map(labelled).toSorted(),
      );
      // What is drawn, and an order that both changed, is as ours has it without a question.
      if (
        one.decisions.some(
          ({ state, reason }) => (state === "automatic" && reason !== "combined") || reason === "id-taken",
        )
      )
        return;
      const mine = merged(base, ours, theirs, "ours");
      const theirsOfSwapped = merged(base, theirs, ours, "theirs");
      expectSame(theirsOfSwapped.text, mine.text);
    }),
    runs,
  );
});

test("DM-07 no change is lost in silence: each is in the result or in a decision", () => {
  fc.assert(
    fc.property(triples, ({ base, ours, theirs }) => {
      const { text, decisions } = merged(base, ours, theirs);
      for (const side of [ours, theirs]) expect(lost(base, side, text, decisions)).toEqual([]);
    }),
    runs,
  );
});

test("DM-09 the result can be read, and merging it again with either side changes nothing", () => {
  fc.assert(
    fc.property(triples, ({ base, ours, theirs }) => {
      const { text } = merged(base, ours, theirs);
      expect(parsePipeline(text).broken).toBe(false);
      expect(merged(base, text, theirs).text).toBe(text);
      expectSame(merged(base, text, ours).text, text);
    }),
    runs,
  );
});

test("DM-06 stages of ours that the merge leaves as they are keep every byte, and so does all where it changes nothing", () => {
  fc.assert(
    fc.property(triples, ({ base, ours, theirs }) => {
      const { text } = merged(base, ours, theirs);
      if (sameModel(jsonOf(text), jsonOf(ours))) expect(text).toBe(ours);
      const now = unitsOf(text);
      for (const [id, unit] of unitsOf(ours)) {
        const other = now.get(id);
        if (other !== undefined && sameModel(other.json, unit.json)) expect(other.text).toBe(unit.text);
      }
    }),
    runs,
  );
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

/**
 * Decisions that follow from no other: whether anything refers to a stage that is gone depends on which of two stages is
 * there until somebody decides.
 */
function own(decisions: readonly Decision[]): readonly Decision[] {
  const isOpen = decisions.some(
    ({ path, reason }) => path.length === 0 && (reason === "changed-and-removed" || reason === "added-twice"),
  );
  return isOpen
    ? decisions.filter(({ reason }) => reason !== "reference-to-removed" && reason !== "cycle")
    : decisions;
}

function labelled({ state, reason, stage, path, ours, theirs }: Decision): string {
  return JSON.stringify([state, reason, reason === "cycle" ? [] : [stage, path], ours, theirs]);
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

/** The changes of a side that are neither in the result nor in a decision. */
function lost(base: string, side: string, result: string, decisions: readonly Decision[]): readonly string[] {
  const made = diffPipelines(base, side);
  const left = diffPipelines(side, result);
  if (!made.ok || !left.ok) throw new Error("not read");
  const told = (stage: string | null): readonly Decision[] =>
    decisions.filter(
      (decision) => decision.stage === stage || (stage ?? "").startsWith(`${decision.stage}/`),
    );
  // What theirs calls a stage is another one's name in the result then, and the decision says so.
  if (decisions.some(({ reason }) => reason === "id-taken")) return [];
  const inResult = new Set(parsePipeline(result).pipeline.stages.map(({ id }) => id));
  const renamed = new Map(
    left.diff.changes.flatMap((change) =>
      change.kind === "stage-renamed" ? [[change.from, change.stage]] : [],
    ),
  );
  const nameOf = (stage: string | null): string | null =>
    stage === null ? null : (renamed.get(stage) ?? stage);
  return made.diff.changes.flatMap((change): readonly string[] => {
    switch (change.kind) {
      case "stage-added": {
        const name = nameOf(change.stage);
        const isThere = inResult.has(name ?? "") || left.diff.keys.has(change.stage);
        return isThere || told(name).length > 0 || told(change.stage).length > 0
          ? []
          : [`added ${change.stage}`];
      }
      case "stage-removed": {
        const isGone = !inResult.has(change.stage);
        const isToldOf =
          told(change.stage).length > 0 || decisions.some(({ reason }) => reason === "reference-to-removed");
        // The other side's stage of that id is another one.
        return isGone ||
          isToldOf ||
          left.diff.changes.some(
            (each) => each.kind === "stage-added" && each.stage === change.stage && told(null),
          )
          ? []
          : [`removed ${change.stage}`];
      }
      case "value-changed":
        return leavesOf(followed(change, renamed)).every((leaf) =>
          isKept(leaf, result, nameOf(change.stage), inResult),
        ) ||
          [...told(nameOf(change.stage)), ...told(change.stage)].some(({ path }) => covers(path, change.path))
          ? []
          : [`value ${change.stage} ${change.path.join(".")}`];
      case "stage-renamed":
      case "stage-relocated":
      case "stage-reordered":
      case "branch-moved":
      case "container-changed":
        return [];
    }
  });
}

/** A value whose stages have the names that they have in the result. */
function followed(change: ValueChanged, renamed: ReadonlyMap<string, string>): ValueChanged {
  if (renamed.size === 0 || change.after === undefined) return change;
  let text = JSON.stringify(change.after);
  for (const [from, to] of renamed)
    text = text
      .replaceAll(`"${from}"`, `"${to}"`)
      .replaceAll(`{{upstream.${from}.`, `{{upstream.${to}.`)
      .replaceAll(`{{${from}.output`, `{{${to}.output`);
  return { ...change, after: JSON.parse(text) as JsonValue };
}

/** An object that was added as each of what is in it: the other side may have added to it. */
function leavesOf(change: ValueChanged): readonly ValueChanged[] {
  const { path, before, after } = change;
  if (before !== undefined || !isJsonObject(after)) return [change];
  return Object.entries(after).flatMap(([key, value]) =>
    leavesOf({ ...change, path: [...path, key], after: value }),
  );
}

function isKept(
  { path, after, topic }: ValueChanged,
  result: string,
  stage: string | null,
  inResult: ReadonlySet<string>,
): boolean {
  const json = jsonOf(result);
  const top = stage === null ? json : stageJson(json, stage);
  // A stage that one side removed took its line with it.
  if (topic === "layout" && path[0] === "layout" && !inResult.has(path[1] ?? "")) return true;
  if (stage !== null && top === undefined) return true;
  let value = top;
  for (const key of path) value = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value === after || (value !== undefined && after !== undefined && sameJson(value, after));
}

function stageJson(json: JsonValue, key: string): JsonValue | undefined {
  const stages = isJsonObject(json) ? json["stages"] : undefined;
  if (Array.isArray(stages)) return stages.find((stage) => isJsonObject(stage) && stage["id"] === key);
  const [top = "", ...inner] = key.split("/");
  let stage = isJsonObject(stages) && Object.hasOwn(stages, top) ? stages[top] : undefined;
  for (const name of inner) {
    const body = isJsonObject(stage) ? stage["loop_stages"] : undefined;
    stage = isJsonObject(body) ? body[name] : undefined;
  }
  return stage;
}

function covers(decided: readonly string[], path: readonly string[]): boolean {
  const shorter = Math.min(decided.length, path.length);
  return decided.slice(0, shorter).every((key, index) => key === path[index]);
}
