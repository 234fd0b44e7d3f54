import { describe, expect, test } from "vitest";
import { type Binding, evaluate, parseExpression, parseTemplate, type Value } from "#core/expressions";
import { namespaceOf, scopeOf, stageOf } from "./scope-of.ts";

// Stages, roots and names that have no value, as the engine and components hand them in.

const skipped: Binding = {
  kind: "absent",
  reason: "skipped",
  what: 'stage "audit" was skipped: its condition was false',
};
const failed: Binding = { kind: "absent", reason: "failed", what: 'stage "load" failed: no route to host' };
const upstream = namespaceOf({
  draft: {
    kind: "stage",
    id: "draft",
    output: { content: "text", model: "m" },
    declaresOutput: false,
    aliases: { result: ["content"] },
  },
  improve: {
    kind: "stage",
    id: "improve",
    output: { improved_content: "better" },
    declaresOutput: false,
    aliases: { content: ["improved_content"], improved: ["improved_content"] },
  },
  shape: { kind: "stage", id: "shape", output: [1, 2], declaresOutput: false, aliases: { result: [] } },
  own: {
    kind: "stage",
    id: "own",
    output: { output: 5, content: "own" },
    declaresOutput: true,
    aliases: { content: ["output"] },
  },
  audit: skipped,
  load: failed,
});
const scope = scopeOf(
  { given: null },
  {
    upstream,
    input: namespaceOf({
      topic: { kind: "value", value: "cats" },
      tone: { kind: "absent", reason: "not-given", what: "tone" },
    }),
    secrets: namespaceOf({ KEY: { kind: "value", value: "k" } }),
    audit: skipped,
    draft: stageOf("draft", { content: "text" }),
  },
);

function value(text: string): Value | undefined {
  const evaluation = evaluate(parseExpression(text), scope);
  return evaluation.ok ? evaluation.value : undefined;
}

function error(text: string): string {
  const evaluation = evaluate(parseExpression(text), scope);
  return evaluation.ok ? "" : `${evaluation.error.code}: ${evaluation.error.message}`;
}

test("a stage is its output, seen through its component's eyes", () => {
  expect(value("upstream.draft")).toEqual({ content: "text", model: "m" });
  expect(value("upstream.draft.output")).toEqual({ content: "text", model: "m" });
  expect(value("upstream.draft.output.content")).toBe("text");
  expect(value("draft.output.content")).toBe("text");
  expect(value("upstream.draft.result")).toBe("text");
  expect(value("upstream['improve']['improved']")).toBe("better");
  expect(value("upstream.improve.get('content')")).toBe("better");
  expect(value("upstream.get('draft').model")).toBe("m");
  expect(value("upstream.shape.result")).toEqual([1, 2]);
  expect(value("upstream.shape[1]")).toBe(2);
  expect(value("upstream.shape.length")).toBe(2);
  expect(value("[x + 1 for x in upstream.shape]")).toEqual([2, 3]);
  expect(value("upstream.own.output")).toBe(5);
  expect(value("upstream.own.content")).toBe("own");
});

test("an alias is found only at look-up, never in the output", () => {
  expect(value("upstream.improve.keys()")).toEqual(["improved_content"]);
  expect(value("'content' in upstream.improve")).toBe(false);
  expect(value("upstream.improve")).toEqual({ improved_content: "better" });
});

test("messages name stages, outputs and members", () => {
  expect(error("upstream.drft")).toBe('missing: There is no "drft" in upstream. Did you mean "draft"?');
  expect(error("upstream.draft.contents")).toBe(
    'missing: Stage "draft" has no output "contents". Did you mean "content"?',
  );
  expect(error("secrets.KYE")).toBe('missing: There is no "KYE" in secrets. Did you mean "KEY"?');
  expect(error("upstream")).toBe(
    'type: "upstream" stands for a group of names; name one, as in upstream.draft.',
  );
});

describe("a stage without a value", () => {
  test("fails with its reason where it is not guarded", () => {
    const evaluation = evaluate(parseTemplate("Score: {{ upstream.audit.score }}"), scope);
    expect(evaluation).toMatchObject({
      ok: false,
      error: {
        code: "absent",
        start: 10,
        end: 24,
        absent: { reason: "skipped", what: 'stage "audit" was skipped: its condition was false' },
      },
    });
    expect(evaluate(parseExpression("1 + upstream['load'].rows"), scope)).toMatchObject({
      error: { absent: { reason: "failed" } },
    });
    expect(evaluate(parseExpression("audit.score"), scope)).toMatchObject({
      error: { absent: { reason: "skipped" } },
    });
  });

  test.each([
    ["upstream.audit.score ?? 0", 0],
    ["upstream.audit?.score", null],
    ["upstream?.audit?.score.deep.er", null],
    ["upstream?.['audit']", null],
    ["upstream.audit.score or 'none'", "none"],
    ["upstream.audit.score | default(1)", 1],
    ["upstream.get('audit', {}).get('score', 2)", 2],
    ["upstream.audit.score is defined", false],
    ["upstream.audit is undefined", true],
    ["1 if upstream.audit.score > 3 else 2", 2],
    ["upstream.audit.score > 3 ? 1 : 2", 2],
    ["not upstream.audit.passed", true],
    ["upstream.audit.passed and 1", null],
    ["(upstream.audit.score + 1) * 2 ?? 7", 7],
    ["len(upstream.audit.list) or 3", 3],
    ["(upstream.audit or upstream.draft).content", "text"],
  ])("is null where it is guarded: %s", (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  test.each([
    "upstream.audit and 1 + audit.score or audit.x",
    "0 or upstream.audit.score",
    "true and upstream.audit.x",
    "[audit.score]",
    "'x' if false else audit.y",
  ])("fails on the other side: %s", (text) => {
    expect(error(text)).toMatch(/^absent: /);
  });

  test("an {{#if}} takes its other branch", () => {
    const evaluation = evaluate(parseTemplate("{{#if upstream.audit.score > 1}}a{{else}}b{{/if}}"), scope);
    expect(evaluation).toEqual({ ok: true, value: "b" });
  });
});

test("an optional input that was not given is null, guarded or not", () => {
  expect(value("input.tone")).toBeNull();
  expect(evaluate(parseTemplate("[{{ input.tone }}]"), scope)).toEqual({ ok: true, value: "[]" });
  expect(value("input.tone ?? 'plain'")).toBe("plain");
  expect(value("input.tone is defined")).toBe(false);
  expect(value("input.topic is defined")).toBe(true);
  expect(error("input.tone.upper()")).toBe(
    "type: input.tone is null and has no method upper; write ?. or ?? if that may be.",
  );
});

test("a guard hides what is missing, and no other mistake", () => {
  expect(error("1 / 0 ?? 5")).toMatch(/^arithmetic/);
  expect(error("int('x') ?? 5")).toMatch(/^value/);
  expect(error("('a' - 1) ?? 5")).toMatch(/^type/);
  expect(error("(given + 1) ?? 5")).toMatch(/^type/);
  expect(error("((missing ?? 'a') - 1) ?? 5")).toMatch(/^type/);
  expect(error("((missing | default('a')) - 1) ?? 5")).toMatch(/^type/);
  expect(error("((not missing) and 'a' - 1) ?? 5")).toMatch(/^type/);
  expect(error("((missing is defined ? 1 : 'a') - 1) ?? 5")).toMatch(/^type/);
  expect(value("(missing ?? 1) is defined")).toBe(true);
  expect(value("(missing + 1) is defined")).toBe(false);
  expect(value("(missing + 1) ?? 5")).toBe(5);
});

test("variables of comprehensions hide names around them and end with them", () => {
  expect(value("[draft for draft in [1, 2]]")).toEqual([1, 2]);
  expect(value("[[x for x in [x, x]] for x in [1, 2]]")).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect(value("[[a, b] for a in [1, 2] for b in [a, a * 10]]")).toEqual([
    [1, 1],
    [1, 10],
    [2, 2],
    [2, 20],
  ]);
  expect(value("{k: [v * x for x in [1, 2]] for k, v in {'p': 3}.items()}")).toEqual({ p: [3, 6] });
  expect(error("[x for x in [1]] + [x]")).toMatch(/^unknown-name/);
  expect(error("[y for x in y for y in [1]]")).toMatch(/^unknown-name/);
});

test("one parsed expression is evaluated in many scopes", () => {
  const parsed = parseExpression("[a * x for x in list]");
  const results = [1, 2, 3].map((a) => evaluate(parsed, scopeOf({ a, list: [1, a] })));
  expect(results.map((each) => each.ok && each.value)).toEqual([
    [1, 1],
    [2, 4],
    [3, 9],
  ]);
});

test("a step-numbered stage written bare says how to write it", () => {
  const steps = scopeOf({}, { "step-1": stageOf("step-1", 1) });
  const evaluation = evaluate(parseExpression("step-1"), steps);
  expect(evaluation.ok ? "" : evaluation.error.message).toBe(
    'Nothing here is called "step"; for the stage "step-1" write upstream.step-1.',
  );
});
