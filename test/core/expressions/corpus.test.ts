import { expect, test } from "vitest";
import {
  evaluate,
  isTemplate,
  parseExpression,
  parseTemplate,
  references,
  type Value,
} from "#core/expressions";
import { corpusFiles } from "../../support/corpus.ts";
import { scopeOf } from "./scope-of.ts";

// Every expression of the real files parses; and evaluates where its names have values of the shape that it expects.

const invoices: Value = [
  { amount: 5, status: "paid" },
  { amount: 7, status: "unpaid" },
];
const data: Value = { invoices, activities: [{ type: "call", date: "today" }], revenue: 5, health_score: 80 };

interface Written {
  readonly file: string;
  readonly text: string;
  readonly field: string;
}

const texts = corpusFiles().flatMap(({ name, text }) => textsIn(JSON.parse(text) as Value, name, ""));
const templates = texts.filter(({ text, field }) => isTemplate(text) && field !== "description");
const conditions = texts.filter(({ field, text }) => field === "condition" && !isTemplate(text));

test("the corpus has templates and conditions", () => {
  expect(templates.length).toBeGreaterThan(80);
  expect(conditions.length).toBeGreaterThan(0);
});

test.each(templates)("$file: $text", ({ text }) => {
  const parsed = parseTemplate(text);
  expect(parsed.problems).toEqual([]);
  const evaluation = evaluate(parsed, scopeFor(references(parsed)), { now: "2026-01-02T03:04:05Z" });
  expect(evaluation).toMatchObject({ ok: true });
});

test.each(conditions)("$file: $text", ({ text }) => {
  const parsed = parseExpression(text);
  expect(parsed.problems).toEqual([]);
  expect(evaluate(parsed, scopeFor(references(parsed)))).toEqual({ ok: true, value: true });
});

test.each([
  ["{{len(data.invoices) if data.invoices else 0}}", 2],
  ["{{sum([i.amount for i in data.invoices]) if data.invoices else 0}}", 12],
  ["{{sum([i.amount for i in data.invoices if i.status == 'unpaid']) if data.invoices else 0}}", 7],
  ["{{set([a.type for a in data.activities]) if data.activities else []}}", ["call"]],
  ["{{data.activities[0].date if data.activities else 'Never'}}", "today"],
  ["{{data.activities[:5] if data.activities else []}}", [{ type: "call", date: "today" }]],
  ["{{data.nothing[:5] if data.nothing else []}}", []],
  ["{{all(i.amount > 1 for i in data.invoices)}}", true],
  ["{{data.extra or {'none': True}}}", { none: true }],
  ["{{ data.invoices | length }} and {{ ['a', 'b'] | join(', ') }}", "2 and a, b"],
])("%s", (text, expected) => {
  expect(evaluate(parseTemplate(text), scopeOf({ data }))).toEqual({ ok: true, value: expected });
});

test("a text compared in a condition field is its value in parentheses", () => {
  const scope = scopeOf({ input: { score: 85, tier: "gold" } });
  expect(evaluate(parseExpression("{{input.score}} >= 80"), scope)).toEqual({ ok: true, value: true });
  expect(evaluate(parseExpression("'{{input.tier}}' == 'gold'"), scope)).toEqual({ ok: true, value: true });
  expect(evaluate(parseExpression("not {{input.score}} > 80 or {{ input.tier }} == 'x'"), scope)).toEqual({
    ok: true,
    value: false,
  });
});

function scopeFor(found: ReturnType<typeof references>): ReturnType<typeof scopeOf> {
  const names: Record<string, Value> = {};
  for (const { root, path } of found) {
    if (root === "data") names[root] = data;
    else names[root] = withPath(names[root], path);
  }
  return scopeOf(names);
}

function withPath(value: Value | undefined, path: readonly (string | number)[]): Value {
  const [key, ...rest] = path;
  if (key === undefined) return value ?? "value";
  const members = new Map(typeof value === "object" && value !== null ? Object.entries<Value>(value) : []);
  return Object.fromEntries(members.set(String(key), withPath(members.get(String(key)), rest)));
}

function textsIn(value: Value, file: string, field: string): readonly Written[] {
  if (typeof value === "string") return [{ file, text: value, field }];
  if (typeof value !== "object" || value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, member]) => textsIn(member, file, isList ? field : key));
}
