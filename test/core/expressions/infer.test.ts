import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  anyType,
  evaluate,
  inferType,
  listOf,
  neverType,
  objectWith,
  parseExpression,
  plain,
  print,
  stepInto,
  type TypeOfPath,
  type Value,
  type ValueType,
} from "#core/expressions";
import { functionTable } from "../../../core/expressions/functions/function-table.ts";
import { methodTables } from "../../../core/expressions/methods/method-tables.ts";
import { arbitraryExpression } from "./arbitrary-expression.ts";
import { scopeOf } from "./scope-of.ts";
import { typedCalls } from "./typed-calls.ts";

const [text, number] = [plain("text"), plain("number")];
const row = objectWith({ name: text, n: number }, neverType);
const typeOfName: Readonly<Record<string, ValueType>> = {
  t: text,
  n: number,
  rows: listOf(row),
  row,
  map: objectWith({}, number),
  a: number,
  data: objectWith({ name: text, items: listOf(plain("text", "null")) }, anyType),
  item: listOf(objectWith({ b: plain("number", "null") }, neverType)),
  x1: text,
};
const values: Readonly<Record<string, Value>> = {
  t: "a b",
  n: 2,
  rows: [{ name: "a", n: 1 }],
  row: { name: "a", n: 1 },
  map: { a: 1 },
  any: [1],
  a: 3,
  data: { name: "x", items: ["a", null], b: false },
  item: [{ b: 1 }, { b: null }],
  x1: "ab",
};
const typeOfPath: TypeOfPath = (root, path) => path.reduce(stepInto, typeOfName[root] ?? anyType);

/** What is inferred, in words, after what comes out was held to it. */
function inferred(source: string): string {
  const parsed = parseExpression(source);
  expect(parsed.problems, source).toEqual([]);
  if (parsed.expression === null) throw new Error(source);
  const type = inferType(parsed.expression, typeOfPath);
  const evaluation = evaluate(parsed, scopeOf(values), { now: "2026-01-02T03:04:05Z" });
  expect(evaluation, source).toMatchObject({ ok: true });
  if (evaluation.ok)
    expect(isOf(evaluation.value, type), `${source} gives ${JSON.stringify(evaluation.value)}`).toBe(true);
  return inWords(type);
}

describe("what is inferred comes out", () => {
  test.each([
    ["1 + n", "number"],
    ["any[0] + 1", "number"],
    ["t + t", "text"],
    ["[1] + ['a']", "list of number or text"],
    ["any + any", "number or text or list of any"],
    ["n * 2", "number"],
    ["t * 2", "text"],
    ["[t] * 2", "list of text"],
    ["7 % n", "number"],
    ["true + true", "number"],
    ["t[0:1]", "text"],
    ["rows[0:1][0].name", "text"],
    ["rows[n - 2].n", "number"],
    ["rows[-1]['name']", "text"],
    ["rows.length", "number"],
    ["rows?.length", "number or null"],
    ["rows[5]?.name", "text or null"],
    ["row.missing ?? 1", "number"],
    ["row.missing and 1", "null or number"],
    ["[row.missing] ?? 1", "list of null or number"],
    ["[1, 'a'][1]", "text"],
    ["{'a': 1, 'b': [t]}.b[0]", "text"],
    ["{t: 1}['a b']", "number"],
    ["[r.n for r in rows]", "list of number"],
    ["[i for i, r in enumerate(rows)]", "list of number"],
    ["[r.name for i, r in enumerate(rows)]", "list of text"],
    ["[v for k, v in map.items()]", "list of number"],
    ["{r.name: r.n for r in rows}.a", "number"],
    ["[c for c in t]", "list of text"],
    ["[k for k in map]", "list of text"],
    ["[rows for rows in [1]]", "list of number"],
    ["t if n else rows", "text or list of {name: text, n: number}"],
    ["map.get('a')", "number or null"],
    ["map.get('b', t)", "number or text"],
    ["rows.copy()", "list of {name: text, n: number}"],
    ["row?.name.upper()", "text or null"],
    ["t.split()[0]", "text"],
    ["t.casefold()", "text"],
  ])("%s: %s", (source, type) => {
    expect(inferred(source)).toBe(type);
  });

  test.each(typedCalls)("%s: %s", (source, type) => {
    expect(inferred(source)).toBe(type);
  });

  test("each function was tried", () => {
    const tried = new Set(typedCalls.map(([source]) => source.slice(0, source.indexOf("("))));
    const names = [...functionTable.values()].map(({ signature }) => signature.name);
    expect(names.filter((name) => !tried.has(name))).toEqual([]);
  });

  test.each([
    ["text", ["'2026-01-02T00:00:00Z'", "'ab'"], methodTables.text],
    ["list", ["[1, 'b']"], methodTables.list],
    ["object", ["{'a': 1, 'b': 'x'}"], methodTables.object],
  ] as const)("each method of a %s gives what is inferred", (_, receivers, table) => {
    const given = ["", "1", "'a'", "'a', 'b'", "['a']", "'%Y'"];
    for (const name of table.keys()) {
      const calls = receivers.flatMap((receiver) => given.map((each) => `${receiver}.${name}(${each})`));
      const types = calls.flatMap((call) => {
        const parsed = parseExpression(call);
        const evaluation = evaluate(parsed, scopeOf({}));
        if (parsed.expression === null || !evaluation.ok) return [];
        const type = inferType(parsed.expression, typeOfPath);
        expect(isOf(evaluation.value, type), call).toBe(true);
        return [inWords(type)];
      });
      expect(types.length, name).toBeGreaterThan(0);
      expect(types, name).not.toContain("any");
    }
  });

  test("methods that several kinds have give the same kind of value on each", () => {
    const shared = [...methodTables.text.keys()].filter((name) => methodTables.list.has(name));
    expect(shared.toSorted()).toEqual(["count", "includes", "index", "indexOf", "join"]);
  });

  test("whatever the expression is", () => {
    let compared = 0;
    fc.assert(
      fc.property(arbitraryExpression, (expression) => {
        const parsed = parseExpression(print(expression));
        if (parsed.expression === null) return;
        const type = inferType(parsed.expression, typeOfPath);
        const evaluation = evaluate(parsed, scopeOf(values));
        if (!evaluation.ok) return;
        compared++;
        expect(isOf(evaluation.value, type), `${inWords(type)}: ${JSON.stringify(evaluation.value)}`).toBe(
          true,
        );
      }),
      { seed: 31, numRuns: 5000 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  test("types that would be large forget what is inside", () => {
    const [one, other] = ["1", "'a'"].map((leaf) => {
      let source = leaf;
      for (let depth = 0; depth < 40; depth++) source = `[[w, w] for w in [${source}]]`;
      return source;
    });
    const parsed = parseExpression(`${one} if n else ${other}`);
    if (parsed.expression === null) throw new Error("It is well-formed.");
    expect(inferType(parsed.expression, typeOfPath).size).toBeLessThan(1100);
  });
});

function isOf(value: Value, { kinds, list, object }: ValueType): boolean {
  if (value === null) return kinds.includes("null");
  if (typeof value === "string") return kinds.includes("text");
  if (typeof value !== "object") return kinds.includes(typeof value === "number" ? "number" : "boolean");
  // Array.isArray does not tell readonly arrays from objects.
  if (Array.isArray(value)) {
    const items = value as readonly Value[];
    return (
      kinds.includes("list") &&
      (list === null || items.every((item, place) => isOf(item, list.places[place] ?? list.rest)))
    );
  }
  return (
    kinds.includes("object") &&
    (object === null ||
      Object.entries(value).every(([key, member]) =>
        isOf(member, (Object.hasOwn(object.named, key) ? object.named[key] : undefined) ?? object.others),
      ))
  );
}

function inWords({ kinds, list, object }: ValueType): string {
  if (kinds.length === 6) return "any";
  if (kinds.length === 0) return "nothing";
  const words = kinds.map((kind) => {
    if (kind === "list" && list !== null) {
      const items = [...list.places, ...(list.rest.kinds.length === 0 ? [] : [list.rest])].map(inWords);
      return items.length === 1 ? `list of ${items[0]}` : `[${items.join(", ")}]`;
    }
    if (kind === "object" && object !== null) {
      const named = Object.entries(object.named).map(([name, type]) => `${name}: ${inWords(type)}`);
      const others = object.others.kinds.length === 0 ? [] : [`*: ${inWords(object.others)}`];
      return `{${[...named, ...others].join(", ")}}`;
    }
    return kind;
  });
  return words.join(" or ");
}
