import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate, parseExpression, parseTemplate, references, type Value } from "#core/expressions";
import { scopeOf } from "./scope-of.ts";

// What a file or a model's answer may try: reach a prototype, run without end, use up memory or the stack.

const names: Readonly<Record<string, Value>> = {
  text: "abc",
  list: [1],
  object: { a: 1 },
  number: 1,
  own: JSON.parse('{"__proto__": {"polluted": 1}, "constructor": "mine", "toString": 2}') as Value,
  long: `${"a".repeat(50_000)}!`,
};

function run(text: string): ReturnType<typeof evaluate> {
  return evaluate(parseExpression(text), scopeOf(names));
}

function codeOf(text: string): string {
  const evaluation = run(text);
  return evaluation.ok ? `value ${JSON.stringify(evaluation.value)?.slice(0, 60)}` : evaluation.error.code;
}

const inherited = [
  "constructor",
  "__proto__",
  "prototype",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "__defineGetter__",
  "__lookupGetter__",
  "isPrototypeOf",
  "call",
  "apply",
  "bind",
  "at",
  "push",
  "charAt",
];

describe("inherited members are not there", () => {
  test.each(inherited)("%s", (key) => {
    for (const receiver of ["text", "list", "object", "number", "len", "{}", "[]", "''"]) {
      for (const path of [`${receiver}.${key}`, `${receiver}["${key}"]`]) {
        const code = codeOf(path);
        // A function is no value: its name is unknown.
        expect(["missing", "unknown-name"]).toContain(code);
        const guarded = run(`${path} ?? 'guarded'`);
        expect(guarded).toEqual({ ok: true, value: "guarded" });
      }
      expect(run(`${receiver}.${key}()`).ok).toBe(false);
      expect(run(`${receiver}?.${key}?.constructor('return 1')`).ok).toBe(false);
    }
    expect(codeOf(key)).toBe("unknown-name");
    expect(codeOf(`${key}(1)`)).toBe("unknown-function");
    expect(codeOf(`object | ${key}`)).toBe("unknown-function");
    expect(codeOf(`object is ${key}`)).toBe("unknown-test");
    expect(codeOf(`[object] | map('${key}')`)).toBe("value");
    expect(codeOf(`[object] | select('${key}')`)).toBe("value");
    expect(codeOf(`[object] | map(attribute='${key}')`)).toBe("missing");
    expect(codeOf(`object.get('${key}', 'none')`)).toBe('value "none"');
    expect(codeOf(`'${key}' in object`)).toBe("value false");
  });
});

test("own members of these names are members like any other", () => {
  expect(run("own.constructor")).toEqual({ ok: true, value: "mine" });
  expect(run("own.toString + 1")).toEqual({ ok: true, value: 3 });
  expect(run("own.__proto__.polluted")).toEqual({ ok: true, value: 1 });
});

test("an object with the key __proto__ has that key and Object's prototype", () => {
  const sources = [
    "{'__proto__': {'polluted': 1}}",
    "{k: {'polluted': 1} for k in ['__proto__']}",
    "dict([['__proto__', {'polluted': 1}]])",
    'fromjson(\'{"__proto__": {"polluted": 1}}\')',
    "dict(own)",
  ];
  for (const source of sources) {
    const evaluation = run(source);
    if (!evaluation.ok || typeof evaluation.value !== "object" || evaluation.value === null)
      throw new Error(source);
    expect(Object.hasOwn(evaluation.value, "__proto__")).toBe(true);
    expect(Object.getPrototypeOf(evaluation.value)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
    expect(codeOf(`(${source}).polluted`)).toBe("missing");
  }
});

test("names of the platform and of Python's interpreter are unknown", () => {
  for (const name of [
    "globalThis",
    "process",
    "require",
    "Function",
    "window",
    "self",
    "this",
    "__builtins__",
    "arguments",
  ]) {
    expect(codeOf(name)).toBe("unknown-name");
    expect(codeOf(`${name}.x`)).toBe("unknown-name");
    expect(codeOf(`${name}('x')`)).toBe("unknown-function");
  }
  for (const text of ["eval('1')", "exec('1')", "__import__('os')", "getattr(object, 'a')", "open('x')"]) {
    expect(codeOf(text)).toBe("unknown-function");
  }
  expect(codeOf("text.__class__.__mro__")).toBe("missing");
  expect(codeOf("'{0.__class__}'.format(1)")).toBe('value "{0.__class__}"');
});

describe("the budget ends", () => {
  const endless = [
    "'a' * 1000000000",
    "[0] * 1000000000",
    "range(1000000000)",
    "'x'.ljust(1000000000)",
    "center('x', 1000000000)",
    "['%9999s' | format('x') for x in range(100000)]",
    "[1 for a in range(100000) for b in range(100000)]",
    "[[[x for x in range(1000)] for y in range(1000)] for z in range(1000)]",
    "[long ~ long for x in range(100000)]",
    "sum(1 for x in range(10000) for y in range(10000) if False)",
    "', '.join([long for x in range(100000)])",
    "[long for x in range(100000)] | join",
    "long.replace('a', long)",
    "long.replace('', long)",
    "replace(long, '', long)",
    "[long | upper for x in range(100000)]",
    "[long == long ~ '' for x in range(100000)]",
    "[x for x in range(100000) if x in range(100000)]",
    "[missing.path ?? 0 for x in range(1000000)]",
    "[first([]) ?? 0 for x in range(1000000)]",
    "[[x, x] * 1000 for x in range(100000)]",
    "tojson([long for x in range(1000)])",
    "indent(long | replace('a', '\\n'), 1000)",
    "urlencode([long for x in range(1000)])",
    "zip(range(1000000), range(1000000), range(1000000)) | map('tojson') | join",
    "set([str(x) ~ long for x in range(10000)])",
    "sorted([long ~ x for x in range(10000)])",
    "regex_replace(long, 'a', long)",
    "regex_findall(long, 'a(?:.*b)?')",
    "[matches(long, '[ab]*$') for x in range(1000)]",
  ];
  test.each(endless)("%s", (text) => {
    expect(codeOf(text)).toBe("budget");
  });

  test("and says which budget, with numbers of the caller's", () => {
    const evaluation = evaluate(parseExpression("[x for x in range(100)]"), scopeOf({}), { maxSteps: 50 });
    expect(evaluation.ok ? "" : evaluation.error.message).toContain("more than 50 steps");
    const sized = evaluate(parseTemplate("{{ 'a' * 60 }} {{ 'b' * 60 }}"), scopeOf({}), { maxSize: 100 });
    expect(sized.ok ? "" : sized.error.message).toContain("more than 100 characters");
  });

  test("even for an operand of ??, or and default", () => {
    for (const text of [
      "('a' * 1000000000) ?? 1",
      "range(1000000000) or 1",
      "range(1000000000) | default(1)",
      "not range(1000000000)",
    ]) {
      expect(codeOf(text)).toBe("budget");
    }
  });
});

describe("patterns", () => {
  const catastrophic = ["(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*)*x", "^(a?){50}a{50}$", "(a*)*b", "((a*)*)*b"];
  test.each(catastrophic)("%s ends", (pattern) => {
    expect(["value false", "value true", "budget"]).toContain(codeOf(`matches(long, '${pattern}')`));
    expect(codeOf(`matches('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '${pattern}')`)).toMatch(/^value/);
  });

  test("that are too large, or have what RE2 has not, are errors", () => {
    for (const pattern of [
      "((a{100}){100}){100}",
      "(?=a)",
      "(a)\\\\1",
      "a{2000}",
      "(",
      "[",
      "*a",
      "x".repeat(1001),
    ]) {
      expect(codeOf(`matches('a', '${pattern}')`)).toBe("pattern");
    }
  });

  test("a replacement cannot name more than its groups", () => {
    expect(codeOf("regex_replace('ab', '(a)', '$1$1')")).toBe('value "aab"');
    expect(codeOf("regex_replace('ab', '(a)', '$2')")).toBe("value");
    expect(codeOf("regex_replace('ab', 'a', '$&$`')")).toBe('value "$&$`b"');
  });
});

describe("depth", () => {
  const deep: readonly (readonly [string, (levels: number) => string])[] = [
    ["parentheses", (levels) => "(".repeat(levels) + "1" + ")".repeat(levels)],
    ["lists", (levels) => "[".repeat(levels) + "]".repeat(levels)],
    ["objects", (levels) => "{'a': ".repeat(levels) + "1" + "}".repeat(levels)],
    ["signs", (levels) => "- ".repeat(levels) + "1"],
    ["negations", (levels) => "not ".repeat(levels) + "1"],
    ["sums", (levels) => "1+".repeat(levels) + "1"],
    ["powers", (levels) => "1**".repeat(levels) + "1"],
    ["paths", (levels) => `object${"?.a".repeat(levels)}`],
    ["filters", (levels) => `text${" | upper".repeat(levels)}`],
    ["calls", (levels) => "list(".repeat(levels) + "[]" + ")".repeat(levels)],
    ["ternaries", (levels) => "1 if 1 else ".repeat(levels) + "1"],
    ["comparisons", (levels) => "1 < ".repeat(levels) + "1"],
  ];

  test.each(deep)("of %s is limited before the stack is", (_name, write) => {
    expect(parseExpression(write(100)).problems).toEqual([]);
    expect(run(write(100)).ok).toBe(true);
    for (const levels of [140, 290, 310, 420, 1000]) {
      const parsed = parseExpression(write(levels));
      expect(["", "too-deep", "too-long"]).toContain(parsed.problems[0]?.code ?? "");
      expect(() => [evaluate(parsed, scopeOf(names)), references(parsed)]).not.toThrow();
    }
    expect(["too-deep", "too-long"]).toContain(parseExpression(write(1000)).problems[0]?.code);
    expect(parseExpression(write(100_000)).problems[0]?.code).toBe("too-long");
  });

  test("of {{#if}} blocks is limited", () => {
    const write = (levels: number): string => "{{#if 1}}".repeat(levels) + "x" + "{{/if}}".repeat(levels);
    expect(evaluate(parseTemplate(write(100)), scopeOf({}))).toEqual({ ok: true, value: "x" });
    for (const levels of [5000, 200_000])
      expect(parseTemplate(write(levels)).problems[0]?.code).toBe("too-deep");
    expect(() => evaluate(parseTemplate(write(350)), scopeOf({}))).not.toThrow();
  });

  test("of a value is limited where it is walked, and no matter where it is passed on", () => {
    const nested = JSON.parse("[".repeat(3000) + "]".repeat(3000)) as Value;
    const scope = scopeOf({ nested, same: structuredClone(nested) });
    const code = (text: string): string => {
      const evaluation = evaluate(parseExpression(text), scope);
      return evaluation.ok ? "value" : evaluation.error.code;
    };
    expect(code("nested")).toBe("value");
    expect(code("nested ?? 1")).toBe("value");
    for (const text of [
      "nested == same",
      "tojson(nested)",
      "set([nested])",
      "nested ~ ''",
      "nested < same",
      "same in [nested]",
    ]) {
      expect(code(text)).toBe("deep-value");
    }
  });
});

test("no arithmetic leaves the numbers of JSON", () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(number, number, fc.constantFrom("+", "-", "*", "/", "//", "%", "**"), (a, b, operator) => {
      const evaluation = evaluate(parseExpression(`a ${operator} b`), scopeOf({ a, b }));
      if (evaluation.ok)
        expect(Number.isFinite(evaluation.value) && !Object.is(evaluation.value, -0)).toBe(true);
      else expect(evaluation.error.code).toBe("arithmetic");
    }),
    { seed: 1, numRuns: 2000 },
  );
  for (const text of ["round(-0.4)", "ceil(-0.5)", "int(-0.5)", "floor(-0.0)", "-0", "0 * -1"]) {
    // toEqual tells 0 from -0, which JSON does not have.
    expect(run(text)).toEqual({ ok: true, value: 0 });
  }
  for (const text of ["float('1e999')", "int('1' * 400)", "sum([1e308, 1e308])", "fromjson('1e999')"]) {
    expect(["arithmetic", "value"]).toContain(codeOf(text));
  }
});
