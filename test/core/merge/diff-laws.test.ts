import fc from "fast-check";
import { expect, test } from "vitest";
import { applyDiff, diffPipelines, type PipelineDiff } from "#core/merge";
import type { JsonValue } from "#core/pipeline";
import { arbitraryPipeline, arbitraryStyle, writeInStyle } from "../../support/arbitrary-pipeline.ts";
import { arbitrarySteps, evolved } from "../../support/evolved-pipeline.ts";
import { cases } from "../../support/soak.ts";
import { sameModel } from "./same-model.ts";

const numRuns = cases(150, 10_000);

test("DM-03 a diff of any two pipelines, applied to the first, gives the second", () => {
  fc.assert(
    fc.property(arbitraryPipeline, arbitraryPipeline, (before, after) => {
      expectLeads(before.text, after.text, after.json);
    }),
    { numRuns },
  );
});

test("DM-03 a diff of a pipeline and what somebody made of it, applied to the first, gives the second", () => {
  fc.assert(
    fc.property(arbitraryPipeline, arbitrarySteps, arbitraryStyle, ({ json, text }, steps, style) => {
      const after = evolved(json, steps);
      expectLeads(text, writeInStyle(after, style), after);
    }),
    { numRuns },
  );
});

test("DM-03 stages that go into a body, come out of one and are renamed in one are where the diff leads to", () => {
  const stage = (message: string): object => ({ component: "logger", config: { message } });
  const loop = (loop_stages: object): object => ({
    component: "foreach",
    config: { items: [1] },
    loop_stages,
  });
  const [one, two, three] = [
    stage("The first says this."),
    stage("One more says that."),
    stage("Or nothing."),
  ];
  const before = { stages: { loop: loop({ one, three }), two } };
  const after = { stages: { one, loop: loop({ other: three, two }) } };
  expectLeads(JSON.stringify(before), JSON.stringify(after), after);
  expect(diffOf(JSON.stringify(before), JSON.stringify(after)).changes.map(({ kind }) => kind)).toEqual([
    "stage-renamed",
    "stage-relocated",
    "stage-relocated",
  ]);
});

test("DM-01 the same pipeline in another style, with its keys in another order, is no different", () => {
  fc.assert(
    fc.property(arbitraryPipeline, arbitraryStyle, ({ json, text }, style) => {
      expect(diffOf(text, writeInStyle(turned(json), style)).changes).toEqual([]);
    }),
    { numRuns },
  );
});

function expectLeads(before: string, after: string, json: unknown): void {
  // What was generated is JSON.
  const wanted = json as JsonValue;
  const diff = diffOf(before, after);
  const made = applyDiff(before, diff);
  if (!sameModel(made, wanted)) expect(made).toEqual(wanted);
  expect(sameModel(made, wanted)).toBe(true);
}

function diffOf(before: string, after: string): PipelineDiff {
  const result = diffPipelines(before, after);
  if (!result.ok) throw new Error(result.message);
  return result.diff;
}

/** With the keys of objects the other way round, but for those that are stages, whose order counts. */
function turned(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => turned(item));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, turned(member, name)] as const);
  return Object.fromEntries(key.endsWith("stages") ? entries : entries.toReversed());
}
