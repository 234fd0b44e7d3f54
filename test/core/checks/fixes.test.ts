import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { applyTextEdits, mendProblem, type Problem, parsePipeline } from "#core/pipeline";
import { marked, problemsInProject, ruleNameOf } from "./marked.ts";

const docs = readFileSync(new URL("../../../docs/checks.md", import.meta.url), "utf8");
const examples = Array.from(docs.matchAll(/```jsonc\n([^]*?)\n```/g), (match) => marked(match[1] ?? "").text);

function mended(text: string, problem: Problem): string {
  const result = mendProblem(parsePipeline(text), problem);
  if (!result.ok) throw new Error(result.message);
  return applyTextEdits(text, result.edits);
}

function counted(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const problem of problemsInProject(text)) {
    const name = `${problem.severity} ${ruleNameOf(problem)}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

describe("LS-08 a fix takes its problem away and brings no new one", () => {
  const fixable = examples.flatMap((text) =>
    problemsInProject(text)
      // One that would close a circle, say, is not offered.
      .filter((problem) => mendProblem(parsePipeline(text), problem).ok)
      .map((problem) => ({ text, problem, rule: ruleNameOf(problem), kind: problem.fix?.kind })),
  );

  test("every kind of fix is among the documented examples", () => {
    expect(new Set(fixable.map(({ kind }) => kind))).toEqual(
      new Set([
        "replace",
        "replace-text",
        "replace-key",
        "remove",
        "remove-stage",
        "add-dependency",
        "add-input",
      ]),
    );
  });

  test.each(fixable)("$rule by $kind", ({ text, problem }) => {
    const before = counted(text);
    const after = counted(mended(text, problem));
    const own = `${problem.severity} ${ruleNameOf(problem)}`;
    expect(after.get(own) ?? 0).toBe((before.get(own) ?? 0) - 1);
    for (const [name, count] of after) expect(count, name).toBeLessThanOrEqual(before.get(name) ?? 0);
  });
});

describe("what a fix writes", () => {
  function fixed(text: string, rule: string): string {
    const problem = problemsInProject(text).find((each) => ruleNameOf(each) === rule);
    if (problem === undefined) throw new Error(`There is no ${rule}.`);
    return mended(text, problem);
  }

  test("a key in brackets stays quoted, and what needs it is escaped", () => {
    const text = `{ "stages": [{ "id": "fetch-it", "component_type": "logger", "config": { "message": "x" } }, { "id": "b", "component_type": "logger", "depends_on": ["fetch-it"], "config": { "message": "\\t{{ upstream[\\"fetch-ti\\"].logged }}" } }] }`;
    expect(fixed(text, "unknown-stage")).toBe(text.replace("fetch-ti", "fetch-it"));
  });

  test("a range of versions becomes one that takes the version that is there, the name as it was written", () => {
    const text =
      '{ "stages": [{ "id": "a", "component_type": "json-transform@2", "config": { "data": 1 } }] }';
    expect(fixed(text, "component-version")).toBe(text.replace("@2", "@^1.0.0"));
  });

  test("a missing input goes to the config, with lines as the file has them", () => {
    const lines =
      '{\n  "stages": [\n    {\n      "id": "a",\n      "component_type": "logger"\n    }\n  ]\n}';
    expect(fixed(lines, "missing-input")).toBe(
      lines.replace('"logger"', '"logger",\n      "config": { "message": "" }'),
    );
    const config = '{ "stages": [{ "id": "a", "component_type": "logger", "config": { "level": "info" } }] }';
    expect(fixed(config, "missing-input")).toBe(config.replace('"info" }', '"info", "message": "" }'));
  });

  test("a key is not renamed to one that is there", () => {
    const text =
      '{ "stages": [{ "id": "a", "component_type": "logger", "config": { "message": "x", "mesage": "y" } }] }';
    const problem = problemsInProject(text).find((each) => ruleNameOf(each) === "unknown-config-key");
    if (problem === undefined) throw new Error("There is one.");
    expect(mendProblem(parsePipeline(text), problem)).toMatchObject({ ok: false });
  });

  test("an entry that hides nothing goes, of a stage and of the pipeline", () => {
    const text = '{ "$ignore": ["FM1218", "FM1217"], "stages": [] }';
    expect(fixed(text, "unused-suppression")).toBe('{ "$ignore": ["FM1217"], "stages": [] }');
  });
});
