import fc from "fast-check";
import type { Expression } from "#core/expressions";

// Expressions as parsing gives them, without ranges: `sameSyntax` compares with what has ranges.

type Bare = Record<string, unknown>;

const names = fc.constantFrom("a", "data", "fetch-data", "item", "upstream", "x1", "größe");
const keys = fc.constantFrom("b", "name", "in", "if", "items", "not-this", "_x", "constructor");
const literals = fc.oneof(
  fc.constantFrom<null | boolean>(null, true, false),
  fc.nat(),
  fc.double({ min: 0, max: 1e20, noNaN: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("{{", "}}", "{", "'", '"', "\\", "{{ a }}", "\n", "\\{{"),
);

const none = { positional: [], named: [] };

/** Any expression; every operator, path, call and literal the language has. */
export const arbitraryExpression: fc.Arbitrary<Expression> = fc.letrec<{ expression: Bare; clause: Bare }>(
  (tie) => {
    const inner = tie("expression");
    const access = fc.constantFrom("required", "optional");
    const maybe = fc.option(inner, { nil: null });
    const binary = (kind: string, ...operators: string[]): fc.Arbitrary<Bare> =>
      fc.record({
        kind: fc.constant(kind),
        operator: fc.constantFrom(...operators),
        left: inner,
        right: inner,
      });
    const pair = fc.record({ key: inner, value: inner });
    return {
      expression: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.record({ kind: fc.constant("name"), name: names }),
        fc.record({ kind: fc.constant("literal"), value: literals }),
        fc.record({ kind: fc.constant("member"), object: inner, name: keys, access }),
        fc.record({ kind: fc.constant("index"), object: inner, index: inner, access }),
        fc.record({ kind: fc.constant("slice"), object: inner, from: maybe, to: maybe, step: maybe, access }),
        fc.record({
          kind: fc.constant("method"),
          object: inner,
          name: fc.constant("upper"),
          access,
          arguments: fc.constant(none),
        }),
        fc.record({
          kind: fc.constant("call"),
          style: fc.constantFrom("call", "filter"),
          name: fc.constant("default"),
          arguments: fc.record({
            positional: fc.tuple(inner),
            named: fc.record({ name: fc.constant("fallback"), value: inner }).map((each) => [each]),
          }),
        }),
        fc.record({ kind: fc.constant("unary"), operator: fc.constantFrom("-", "+"), operand: inner }),
        fc.record({ kind: fc.constant("not"), operand: inner }),
        binary("binary", "+", "-", "~", "*", "/", "//", "%", "**"),
        binary("logical", "and", "or", "??"),
        fc.record({
          kind: fc.constant("comparison"),
          first: inner,
          rest: fc.array(
            fc.record({
              operator: fc.constantFrom("==", "!=", "<", "<=", ">", ">=", "in", "not in"),
              operand: inner,
            }),
            { minLength: 1, maxLength: 2 },
          ),
        }),
        fc.record({
          kind: fc.constant("test"),
          operand: inner,
          name: fc.constant("defined"),
          sense: fc.constantFrom("is", "is not"),
          arguments: fc.constant(none),
        }),
        fc.record({ kind: fc.constant("conditional"), test: inner, then: inner, otherwise: inner }),
        fc.record({ kind: fc.constant("list"), items: fc.array(inner, { maxLength: 3 }) }),
        fc.record({ kind: fc.constant("dictionary"), entries: fc.array(pair, { maxLength: 2 }) }),
        fc.record({
          kind: fc.constant("comprehension"),
          yields: fc.oneof(
            fc.record({ kind: fc.constantFrom("list", "set"), item: inner }),
            fc.record({ kind: fc.constant("dictionary"), entry: pair }),
          ),
          clauses: fc.array(tie("clause"), { minLength: 1, maxLength: 2 }),
        }),
      ),
      clause: fc.record({
        targets: fc.array(fc.record({ name: fc.constantFrom("p", "q") }), { minLength: 1, maxLength: 2 }),
        iterable: inner,
        conditions: fc.array(inner, { maxLength: 1 }),
      }),
    };
    // The records above are the members of Expression without their ranges, which print does not look at.
  },
).expression as unknown as fc.Arbitrary<Expression>;

const ranges = new Set(["start", "end", "nameRange"]);

/** Syntax without ranges. */
export function withoutRanges(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRanges);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !ranges.has(key))
      .map(([key, member]) => [key, withoutRanges(member)]),
  );
}
