import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  type Evaluation,
  type Expression,
  evaluate,
  functionReference,
  parseExpression,
  parseTemplate,
  type Value,
} from "#core/expressions";
import { childrenOf } from "../../../core/expressions/syntax/children.ts";
import { namespaceOf, scopeOf, stageOf } from "./scope-of.ts";

// The written reference, executed: every example gives what it says, and everything that can be called has one.

const page = readFileSync(join(import.meta.dirname, "..", "..", "..", "docs", "expressions.md"), "utf8");
const names = JSON.parse(blocksOf("json names")[0]?.text ?? "") as Record<string, Value>;
const upstream = namespaceOf({
  "fetch-crm-data": stageOf("fetch-crm-data", { body: { id: 7 } }),
  "step-1": stageOf("step-1", { content: "one" }),
  audit: { kind: "absent", reason: "skipped", what: 'stage "audit" was skipped' },
});
const input = namespaceOf({ tone: { kind: "absent", reason: "not-given", what: "tone was not given" } });
const scope = scopeOf(names, { upstream, stages: upstream, input });

interface Example {
  readonly written: string;
  readonly result: string;
  readonly line1: number;
}

const expressions = examplesOf("expressions");
const templates = examplesOf("templates");

/** What the examples call, by kind and name. */
const used = new Set(
  expressions.flatMap(({ written }) => callsIn(parseExpression(written.trim()).expression)),
);

test("the reference has examples", () => {
  expect(expressions.length).toBeGreaterThan(200);
  expect(templates.length).toBeGreaterThan(10);
});

test.each(expressions)("line $line1: $written", ({ written, result }) => {
  expectResult(evaluate(parseExpression(written.trim()), scope, { now: "2026-01-02T03:04:05Z" }), result);
});

test.each(templates)("line $line1: $written", ({ written, result }) => {
  expectResult(evaluate(parseTemplate(written), scope, { now: "2026-01-02T03:04:05Z" }), result);
});

test.each(functionReference())(
  "$kind $name has an example and its signature",
  ({ kind, name, signature }) => {
    expect(page).toContain(`\`${signature}\``);
    if (name !== signature.slice(0, signature.indexOf("("))) expect(page).toContain(`\`${name}\``);
    expect(used).toContain(`${kind.endsWith("method") ? "method" : kind} ${name}`);
  },
);

function expectResult(evaluation: Evaluation, expected: string): void {
  const actual = evaluation.ok ? JSON.stringify(evaluation.value) : `error: ${evaluation.error.message}`;
  expect(actual).toBe(expected.startsWith("error: ") ? expected : JSON.stringify(JSON.parse(expected)));
}

function callsIn(expression: Expression | null): readonly string[] {
  if (expression === null) return [];
  const inside = childrenOf(expression).flatMap(callsIn);
  if (expression.kind === "call") return [`function ${expression.name}`, ...inside];
  if (expression.kind === "method" || expression.kind === "test")
    return [`${expression.kind} ${expression.name}`, ...inside];
  return inside;
}

function examplesOf(language: string): readonly Example[] {
  return blocksOf(language).flatMap(({ text, line1 }) =>
    text.split("\n").flatMap((line, index) => {
      const arrow = line.lastIndexOf(" → ");
      if (arrow === -1) return [];
      return [{ written: line.slice(0, arrow), result: line.slice(arrow + 3), line1: line1 + index }];
    }),
  );
}

function blocksOf(language: string): readonly { readonly text: string; readonly line1: number }[] {
  return Array.from(page.matchAll(/^```(.+)\n([^]*?)^```$/gm))
    .filter(([, info]) => info === language)
    .map((match) => ({ text: match[2] ?? "", line1: page.slice(0, match.index).split("\n").length + 1 }));
}
