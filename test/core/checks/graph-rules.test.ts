import { describe, expect, test } from "vitest";
import { checkPipeline, type RuleName } from "#core/checks";
import { builtInProject } from "#core/component-definitions";
import { parsePipeline } from "#core/pipeline";
import { compare, marked, problemsOf, ruleNameOf } from "./marked.ts";

function logger(id: string, message: string, more = ""): string {
  return `{ "id": "${id}", "component_type": "logger", "config": { "message": "${message}" }${more} }`;
}

function pipeline(...stages: readonly string[]): string {
  return `{ "input_schema": { "type": "object", "properties": { "topic": { "type": "string" } } }, "stages": [\n${stages.join(",\n")}\n] }`;
}

function expectMarked(source: string, rule: RuleName): void {
  const { found, expected } = compare(source, rule);
  expect(found).toEqual(expected);
}

const branches =
  '{ "id": "if", "component_type": "conditional", "config": { "condition": "{{ input.topic }}", "true_branch_stages": ["yes", "also"], "false_branch_stages": ["no"] } }';

describe("stages that may be skipped", () => {
  test.each([[', "when": "input.topic"'], [', "enabled": false']])("with %s", (more) => {
    const reader = (message: string, own = ""): string =>
      pipeline(logger("a", "x", more), logger("b", message, `, "depends_on": ["a"]${own}`));
    expectMarked(reader("{{ upstream.⟦a⟧.logged }} {{ a.logged }}"), "skippable-reference");
    // LS-10: a guarded read needs no warning, nor does a stage that has a condition of its own.
    for (const guarded of [
      "upstream.a.logged ?? ''",
      "upstream.a?.logged",
      "a.logged or 1",
      "a.logged | default(1)",
    ])
      expectMarked(reader(`{{ ${guarded} }}`), "skippable-reference");
    expectMarked(reader("{{ upstream.a.logged }}", ', "when": "input.topic"'), "skippable-reference");
  });

  test("in a branch, read from outside of it", () => {
    const yes = logger("yes", "x", ', "depends_on": ["if"]');
    expectMarked(
      pipeline(
        branches,
        yes,
        logger("also", "{{ upstream.yes.logged }}", ', "depends_on": ["yes"]'),
        logger("no", "x"),
        logger("out", "{{ upstream.⟦yes⟧.logged }}", ', "depends_on": ["yes"]'),
      ),
      "skippable-reference",
    );
  });

  test("two branches that are never both there", () => {
    const all = (message: string): string =>
      pipeline(branches, logger("yes", "x"), logger("also", "x"), logger("no", "x"), logger("out", message));
    expectMarked(all("{{ yes.logged }} {{ ⟦no⟧.logged }}"), "exclusive-references");
    expectMarked(all("{{ yes.logged }} {{ also.logged }}"), "exclusive-references");
    expectMarked(all("{{ yes.logged ?? no.logged }}"), "exclusive-references");
  });
});

describe("names in single braces in prompts", () => {
  const ask = (prompt: string): string =>
    pipeline(
      logger("fetch", "x"),
      `{ "id": "ask", "component_type": "generator", "depends_on": ["fetch"], "config": { "prompt": "${prompt}" } }`,
    );

  test.each([
    ["On ⟦{topic}⟧."],
    ["On ⟦${topic}⟧, \\n\\u00e9 and ⟦{topic}⟧"],
    ["{{ input.topic }} and ⟦{topic}⟧"],
    ["It says ⟦{fetch.logged}⟧ and ⟦{input.topic}⟧"],
  ])("%s", (prompt) => expectMarked(ask(prompt), "prompt-placeholder"));

  test.each([
    ['Answer as {\\"topic\\": 1} or {}'],
    ["Fill in {name} and {title}, ${HOME}, {fetch}, {input}"],
    ["{{topic}} {{{topic}}} \\\\{{ topic }}"],
    ["{ topic } {top ic} {topic"],
  ])("left alone: %s", (prompt) => expectMarked(ask(prompt), "prompt-placeholder"));

  test("only where a model reads them", () => {
    expectMarked(pipeline(logger("a", "{topic}")), "prompt-placeholder");
  });
});

describe("pipelines that call others", () => {
  const calling = (name: string, called: string, marks = false): string =>
    `{ "name": "${name}", "stages": [{ "id": "call", "component_type": "subpipeline", "config": { "pipeline_id": ${marks ? `⟦"${called}"⟧` : `"${called}"`} } }] }`;

  function check(
    source: string,
    others: readonly string[],
    rule: RuleName,
  ): { found: unknown; expected: unknown; messages: readonly string[] } {
    const { text, spans } = marked(source);
    const documents = [text, ...others].map((each) => parsePipeline(each));
    const entries = documents.map((document, index) => ({
      path: `pipelines/p${index}.pipeline.json`,
      document,
    }));
    const [document] = documents;
    if (document === undefined) throw new Error("There is a first.");
    const found = checkPipeline(document, {
      project: { ...builtInProject, pipelines: { entries } },
      path: "pipelines/p0.pipeline.json",
    }).problems.filter((problem) => ruleNameOf(problem) === rule);
    return {
      found: found.map(({ span }) => span),
      expected: spans,
      messages: found.map(({ message }) => message),
    };
  }

  test("that are not there, with the nearest name", () => {
    const { found, expected, messages } = check(
      calling("a", "chlid", true),
      [calling("child", "x")],
      "unknown-called-pipeline",
    );
    expect(found).toEqual(expected);
    expect(messages[0]).toContain('Did you mean "child"?');
    expect(check(calling("a", "child"), [calling("child", "x")], "unknown-called-pipeline").found).toEqual(
      [],
    );
    // Outside of a project nobody knows.
    expect(problemsOf(calling("a", "chlid"))).toEqual([]);
  });

  test("that come back to the first, over however many", () => {
    const round = check(calling("a", "b", true), [calling("b", "c"), calling("c", "a")], "call-cycle");
    expect(round.found).toEqual(round.expected);
    expect(round.messages[0]).toContain(
      "p0.pipeline.json -> pipelines/p1.pipeline.json -> pipelines/p2.pipeline.json -> pipelines/p0.pipeline.json",
    );
    expect(check(calling("a", "a", true), [], "call-cycle")).toMatchObject({ found: [{}] });
    // One further on is the others' own business.
    expect(check(calling("a", "b"), [calling("b", "b")], "call-cycle").found).toEqual([]);
  });
});

test("thousands of unknown names in one file are no thousands of searches", () => {
  const count = 2500;
  const stages = Array.from({ length: count }, (_, n) =>
    logger(`stage_${n}`, `{{ upstream.stagf_${n}x.logged }}`),
  );
  const unknown = problemsOf(pipeline(...stages)).filter(
    (problem) => ruleNameOf(problem) === "unknown-stage",
  );
  expect(unknown).toHaveLength(count);
  expect(unknown[7]?.message).toContain("Did you mean");
});
