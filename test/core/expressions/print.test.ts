import fc from "fast-check";
import { expect, test } from "vitest";
import { type Expression, parseExpression, parseTemplate, print } from "#core/expressions";
import { childrenOf } from "../../../core/expressions/syntax/children.ts";
import { arbitraryExpression, withoutRanges } from "./arbitrary-expression.ts";

test("parsing what was printed gives the same syntax, bare and in a template", () => {
  fc.assert(
    fc.property(arbitraryExpression, (expression) => {
      const text = print(expression);
      const bare = parseExpression(text);
      expect(bare.problems).toEqual([]);
      expect(withoutRanges(bare.expression)).toEqual(withoutRanges(expression));
      const [part] = parseTemplate(`{{ ${text} }}`).parts;
      expect(withoutRanges(part?.kind === "interpolation" ? part.expression : null)).toEqual(
        withoutRanges(expression),
      );
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test("each range is inside that of what it is a part of, and its text is the same expression", () => {
  fc.assert(
    fc.property(arbitraryExpression, (expression) => {
      const text = print(expression);
      const parsed = parseExpression(text).expression;
      if (parsed !== null) expectRanges(parsed, text);
    }),
    { seed: 2, numRuns: 200 },
  );
});

test("what is printed is printed the same again", () => {
  fc.assert(
    fc.property(arbitraryExpression, (expression) => {
      const text = print(expression);
      const parsed = parseExpression(text).expression;
      expect(parsed === null ? "" : print(parsed)).toBe(text);
    }),
    { seed: 3, numRuns: 500 },
  );
});

test("an interpolated text is printed as it was", () => {
  const text = "'{{ a.b }} of {{ n + 1 }}' == 'x'";
  const { expression } = parseExpression(text);
  expect(expression === null ? "" : print(expression)).toBe(text);
});

function expectRanges(expression: Expression, text: string): void {
  const again = parseExpression(text.slice(expression.start, expression.end));
  // A generator without brackets is the one thing that cannot stand alone.
  if (expression.kind !== "comprehension") {
    expect(withoutRanges(again.expression)).toEqual(withoutRanges(expression));
  }
  for (const child of childrenOf(expression)) {
    expect(child.start).toBeGreaterThanOrEqual(expression.start);
    expect(child.end).toBeLessThanOrEqual(expression.end);
    expectRanges(child, text);
  }
}
