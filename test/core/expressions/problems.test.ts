import { describe, expect, test } from "vitest";
import { evaluate, isTemplate, parseExpression, parseTemplate, wholeExpression } from "#core/expressions";
import { scopeOf } from "./scope-of.ts";

// What is wrong with a text: code, the place it is shown at, and the words.

type Case = readonly [text: string, code: string, place: string, message: string];

const expressions: readonly Case[] = [
  ["", "syntax", "", "There is no expression here; write a name or a value."],
  ["a +", "syntax", "+", 'The expression ends too early: something is missing after "+".'],
  ["a b", "syntax", "b", '"b" is not expected here; between it and "a" an operator is missing.'],
  ["a = 1", "syntax", "=", '"=" is not expected here; to compare, write ==.'],
  ["a & b", "syntax", "&", '"&" is not expected here; write and.'],
  ["(a", "unclosed", "(", '"(" is not closed; add ).'],
  ["[a, (b]", "syntax", "]", '"(" is closed by "]"; write ) here.'],
  ["a)", "syntax", ")", '")" closes nothing; remove it.'],
  ["'abc", "unclosed", "'abc", "The text that starts here is not closed; add '."],
  ["data.0", "syntax", "0", '"0" is not expected here; to take an item of a list, write [0].'],
  ["“a”", "syntax", "“", '"“" is not expected here; quote texts with \' or ".'],
  [
    "map(lambda x: x)",
    "syntax",
    "x",
    '"x" is not expected here; there are no functions of one\'s own; write a comprehension, as in [x.name for x in items].',
  ],
  ["a ++ ", "syntax", "+", 'The expression ends too early: something is missing after "++".'],
  ["a += 1", "syntax", "=", '"=" is not expected here; to compare, write ==.'],
  ["1 + 1e999", "syntax", "1e999", "This is too large for a number."],
  ["uper(a)", "unknown-function", "uper", "There is no function uper. Did you mean upper?"],
  ["a | lenght", "unknown-function", "lenght", "There is no filter lenght. Did you mean length?"],
  [
    "a.starts_with('b')",
    "unknown-method",
    "starts_with",
    "There is no method starts_with. Did you mean startswith?",
  ],
  ["a is difined", "unknown-test", "difined", "There is no test difined. Did you mean defined?"],
  ["round()", "arguments", "round", 'round(number, digits?, method?) needs the argument "number".'],
  ["abs(1, 2)", "arguments", "abs", "abs(number) takes 1 argument, here are 2."],
  ["round(1, digit=2)", "arguments", "round", 'round(number, digits?, method?) has no argument "digit".'],
  [
    "round(1, 2, digits=2)",
    "arguments",
    "round",
    'The argument "digits" of round(number, digits?, method?) is given twice.',
  ],
  ["a.upper(1)", "arguments", "upper", "upper(text) takes 1 argument, here are 2."],
  [
    "'{{ b c }}' == 'x'",
    "syntax",
    "c",
    '"c" is not expected here; between it and "b" an operator is missing.',
  ],
];

test.each(expressions)("%s", (text, code, place, message) => {
  const { problems } = parseExpression(text);
  expect(problems.map(({ start, end, ...rest }) => ({ ...rest, place: text.slice(start, end) }))).toEqual([
    { code, message, place },
  ]);
  expect(evaluate(parseExpression(text), scopeOf({}))).toMatchObject({ ok: false, error: { code, message } });
});

const templates: readonly Case[] = [
  ["Hello {{ name", "unclosed", "{{", '"{{" is not closed; add }}.'],
  ["Hello {{ }}!", "syntax", " ", "There is no expression here; write a name or a value."],
  [
    "{{ a }} {{ b c }}",
    "syntax",
    "c",
    '"c" is not expected here; between it and "b" an operator is missing.',
  ],
  ["{{ don't }} and so on", "unclosed", "'t ", "The text that starts here is not closed; add '."],
  ["{{#if a}}b", "unclosed", "{{#if a}}", "This {{#if}} is not closed; add {{/if}}."],
  ["{{#unless a}}b", "unclosed", "{{#unless a}}", "This {{#unless}} is not closed; add {{/unless}}."],
  ["a{{/if}}b", "syntax", "{{/if}}", "{{/if}} belongs to no {{#if}}; remove it, or open the block before."],
  [
    "a{{else}}b",
    "syntax",
    "{{else}}",
    "{{else}} belongs to no {{#if}}; remove it, or open the block before.",
  ],
  ["{{#if}}a{{/if}}", "syntax", "", "There is no expression here; write a name or a value."],
  [
    "{{#each a}}b",
    "syntax",
    "#",
    '"#" is not expected here; the only blocks are {{#if …}}, {{#unless …}}, {{else}} and {{/if}}.',
  ],
];

test.each(templates)("%s", (text, code, place, message) => {
  const { problems } = parseTemplate(text);
  expect(problems.map(({ start, end, ...rest }) => ({ ...rest, place: text.slice(start, end) }))).toEqual([
    { code, message, place },
  ]);
});

test("every faulty expression of a template is reported, in the order of the text", () => {
  const { problems } = parseTemplate("{{ a b }} {{#if c d}}{{ e( }}{{/if}} {{ f");
  expect(problems.map(({ start }) => start)).toEqual([5, 18, 25, 37]);
});

describe("errors while evaluating are at the part that failed", () => {
  const scope = scopeOf({ user: { name: "Ada", tags: [1] }, n: 1 });
  const cases: readonly (readonly [text: string, code: string, place: string])[] = [
    ["1 + user.nme", "missing", "nme"],
    ["user.tags[5] + 1", "missing", "5"],
    ["n + usr.name", "unknown-name", "usr"],
    ["n + ('a' - 1)", "type", "'a' - 1"],
    ["n + int('x') + 1", "value", "int('x')"],
    ["n + 1 / 0", "arithmetic", "1 / 0"],
    ["n + user.name.upper().nope", "missing", "nope"],
    ["n + n.upper()", "type", "upper"],
    ["[x.y for x in user.tags]", "missing", "y"],
    ["[x for x in n]", "type", "n"],
    ["[a for a, b in user.tags]", "type", "user.tags"],
    ["user.tags | map('nope')", "value", "user.tags | map('nope')"],
    ["{user: 1}", "type", "user"],
    ["user.tags['a':]", "type", "user.tags['a':]"],
    ["user[[1]]", "type", "[1]"],
    ["'{{ user.nme }}' == 'x'", "missing", "nme"],
    ["user.name in n", "type", "user.name in n"],
  ];
  test.each(cases)("%s", (text, code, place) => {
    const evaluation = evaluate(parseExpression(text), scope);
    if (evaluation.ok) throw new Error(`${text} has a value`);
    const { start, end } = evaluation.error;
    expect({ code: evaluation.error.code, place: text.slice(start, end) }).toEqual({ code, place });
    const inTemplate = evaluate(parseTemplate(`so: {{ ${text} }}`), scope);
    if (evaluation.ok || inTemplate.ok || text.includes("{{")) return;
    expect(`so: {{ ${text} }}`.slice(inTemplate.error.start, inTemplate.error.end)).toBe(place);
  });
});

test("whole templates are recognised", () => {
  expect(isTemplate("a {{b}}")).toBe(true);
  expect(isTemplate("a {b}")).toBe(false);
  for (const text of ["{{a}}", " {{ a }}\n"])
    expect(wholeExpression(parseTemplate(text))?.expression).toMatchObject({ kind: "name", name: "a" });
  for (const text of ["", "a", "{{a}}{{b}}", "{{a}}.", "\\{{a}}", "{{#if a}}b{{/if}}"]) {
    expect(wholeExpression(parseTemplate(text))).toBeUndefined();
  }
});
