import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluate, parseExpression, parseTemplate, print, type Value } from "#core/expressions";
import { anyText } from "../../support/any-text.ts";
import { arbitraryExpression } from "./arbitrary-expression.ts";
import { scopeOf } from "./scope-of.ts";

// Arithmetic, slices and truth against references written another way, and what holds for every text.

const values = fc.jsonValue({ depthSize: "small" }) as fc.Arbitrary<Value>;
const integers = fc.integer({ min: -50, max: 50 });

function run(text: string, names: Readonly<Record<string, Value>>): Value | undefined {
  const evaluation = evaluate(parseExpression(text), scopeOf(names));
  return evaluation.ok ? evaluation.value : undefined;
}

/** A limited evaluation of anything must end in a value or an error, never in an exception. */
function expectAnswer(text: string): void {
  const scope = scopeOf({ a: { b: [1, "x", null] }, data: [{ name: "n" }], item: "text", x1: -3.5 });
  for (const parsed of [parseExpression(text), parseTemplate(text), parseTemplate(`{{${text}}}`)]) {
    const evaluation = evaluate(parsed, scope, { maxSteps: 10_000, maxSize: 10_000 });
    if (evaluation.ok) expect(JSON.stringify(evaluation.value)).toBeTypeOf("string");
    else {
      expect(evaluation.error.message).not.toBe("");
      expect(evaluation.error.start).toBeGreaterThanOrEqual(0);
      expect(evaluation.error.end).toBeLessThanOrEqual(parsed.text.length);
      expect(evaluation.error.start).toBeLessThanOrEqual(evaluation.error.end);
    }
    for (const { start, end } of parsed.problems) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(start).toBeLessThanOrEqual(end);
      expect(end).toBeLessThanOrEqual(parsed.text.length);
    }
  }
}

test("any text has an answer", () => {
  fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 60 }), anyText(5)), expectAnswer), {
    seed: 1,
    numRuns: 2000,
  });
});

const tokens =
  "a data item . ?. [ ] ( ) { } {{ }} , : ? ?? | || && + - * ** / // % ~ ! == < in not is and or if else for 1 2.5 'x' \" ' \\ upper length map range defined #if /if".split(
    " ",
  );

test("any sequence of tokens has an answer", () => {
  const texts = fc.array(fc.constantFrom(...tokens), { maxLength: 25 }).map((each) => each.join(" "));
  fc.assert(fc.property(texts, expectAnswer), { seed: 2, numRuns: 1000 });
});

test("any expression has an answer", () => {
  fc.assert(
    fc.property(arbitraryExpression, (expression) => expectAnswer(print(expression))),
    { seed: 3, numRuns: 500 },
  );
});

test("a text without braces is itself, and one with escaped braces has them", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const plain = text.replaceAll("{{", "");
      expect(evaluate(parseTemplate(plain), scopeOf({}))).toEqual({ ok: true, value: plain });
      const escaped = `${plain.replaceAll(/\\+$/g, "")}\\{{`;
      expect(evaluate(parseTemplate(escaped), scopeOf({}))).toEqual({
        ok: true,
        value: `${escaped.slice(0, -3)}{{`,
      });
    }),
    { seed: 4 },
  );
});

test("a whole template gives the very value, space around it or not", () => {
  fc.assert(
    fc.property(values, fc.constantFrom("", " ", "\n\t"), (value, space) => {
      const evaluation = evaluate(parseTemplate(`${space}{{ v }}${space}`), scopeOf({ v: value }));
      expect(evaluation.ok && evaluation.value).toBe(value);
    }),
    { seed: 5 },
  );
});

test("arithmetic of whole numbers is exact, and division and remainder belong together", () => {
  fc.assert(
    fc.property(integers, integers, integers, (a, b, c) => {
      const [x, y, z] = [BigInt(a), BigInt(b), BigInt(c)];
      expect(run("a + b * c - a", { a, b, c })).toBe(Number(x + y * z - x));
      if (b === 0) return;
      const rest = run("a % b", { a, b });
      expect(run("a // b * b + a % b", { a, b })).toBe(a);
      expect(
        typeof rest === "number" && (rest === 0 || rest < 0 === b < 0) && Math.abs(rest) < Math.abs(b),
      ).toBe(true);
    }),
    { seed: 6 },
  );
});

test("slices are those of a reference that walks", () => {
  const bound = fc.option(fc.integer({ min: -12, max: 12 }), { nil: null });
  fc.assert(
    fc.property(fc.array(integers, { maxLength: 8 }), bound, bound, bound, (list, from, to, step) => {
      if (step === 0) return;
      const expected = walkSlice(list, from, to, step ?? 1);
      expect(run("list[from:to:step]", { list, from, to, step })).toEqual(expected);
      const word = list.map((each) => String.fromCodePoint(0x1f600 + each + 50)).join("");
      expect(run("word[from:to:step]", { word, from, to, step })).toBe(
        walkSlice(Array.from(word), from, to, step ?? 1).join(""),
      );
    }),
    { seed: 7, numRuns: 1000 },
  );
});

/** Takes every position that Python's definition names, by trying all of them. */
function walkSlice<Item>(
  list: readonly Item[],
  from: number | null,
  to: number | null,
  step: number,
): readonly Item[] {
  const size = list.length;
  const result: Item[] = [];
  const place = (bound: number): number => (bound < 0 ? bound + size : bound);
  let at = from === null ? (step > 0 ? 0 : size - 1) : place(from);
  if (step > 0) at = Math.max(at, 0);
  else at = Math.min(at, size - 1);
  const stop = to === null ? (step > 0 ? size : -1) : Math.max(place(to), -1);
  for (; step > 0 ? at < stop : at > stop; at += step) {
    const item = list[at];
    if (item === undefined) break;
    result.push(item);
  }
  return result;
}

test("and, or, not and the ternary agree with Python's truth", () => {
  const isTrue = (value: Value): boolean =>
    !["null", "false", "0", "-0", '""', "[]", "{}"].includes(JSON.stringify(value));
  fc.assert(
    fc.property(values, values, (a, b) => {
      expect(run("a and b", { a, b })).toBe(isTrue(a) ? b : a);
      expect(run("a or b", { a, b })).toBe(isTrue(a) ? a : b);
      expect(run("not a", { a })).toBe(!isTrue(a));
      expect(run("a if a else b", { a, b })).toBe(isTrue(a) ? a : b);
      expect(run("a ? a : b", { a, b })).toBe(isTrue(a) ? a : b);
      expect(run("a ?? b", { a, b })).toBe(a ?? b);
      expect(run("bool(a)", { a })).toBe(isTrue(a));
    }),
    { seed: 8 },
  );
});

test("equality is by value, and set and unique keep one of each", () => {
  fc.assert(
    fc.property(values, fc.array(fc.integer({ min: 0, max: 5 })), (value, list) => {
      expect(run("a == b", { a: value, b: structuredClone(value) })).toBe(true);
      expect(run("a != b", { a: value, b: structuredClone(value) })).toBe(false);
      expect(run("value in [value]", { value })).toBe(true);
      expect(run("set(list)", { list })).toEqual([...new Set(list)]);
      expect(run("len(set([value, value]))", { value })).toBe(1);
      expect(run("sorted(list)", { list })).toEqual(list.toSorted((one, other) => one - other));
    }),
    { seed: 9 },
  );
});

test("JSON goes out and comes back", () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(run("fromjson(tojson(value)) == value", { value })).toBe(true);
    }),
    { seed: 10 },
  );
});
