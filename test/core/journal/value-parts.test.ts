import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createNdjsonSink,
  encodeJson,
  encodeParts,
  encodeValue,
  type JournalSink,
  type Part,
  partsText,
  readJournal,
} from "#core/journal";
import type { Json } from "#core/ports";
import { anyText } from "../../support/any-text.ts";

const long = "The quick brown fox jumps over the lazy dog. ".repeat(8);

/** A journal in memory: its sink, and its text so far. */
function openText(): { readonly sink: JournalSink; readonly text: () => string } {
  let text = "";
  const sink = createNdjsonSink({ write: (lines) => (text += lines), flush: () => Promise.resolve() });
  return { sink, text: () => text };
}

/** Texts and structures that are long enough to be shared, and come up again and again. */
const common = [
  long,
  `${long}=`,
  `=${"\ud800".repeat(300)}`,
  `"${"\\".repeat(300)}`,
  JSON.parse(`{"__proto__":{"$ref":"${long}"},"ref":"=","=":["${long}"]}`),
  [{ deep: [{ "": long, other: 1 }, "x".repeat(400)] }],
  Array.from({ length: 90 }, (_, index) => index),
] satisfies readonly Json[];

const key = fc.oneof(fc.constantFrom("__proto__", "$ref", "ref", "=", "", "0", "value"), anyText(4));
const { value: anyValue } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...common),
    fc.constantFrom<Json>(null, true, 0, -0.5, "=", "STH3cIlt"),
    anyText(12),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.uniqueArray(fc.tuple(key, tie("value")), { maxLength: 4, selector: ([name]) => name }).map(
      // Unlike an assignment, this makes a member of any name.
      (entries): Json => Object.fromEntries(entries),
    ),
  ),
}));

describe("a value that has parts in common with earlier ones", () => {
  test("is read back as it was, whatever its keys and texts, under the hash of the whole", () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 8 }), (values) => {
        const { sink, text } = openText();
        const refs = values.map((value) => sink.put(value));
        const read = readJournal(text());
        expect(read.problems).toEqual([]);
        for (const [index, ref] of refs.entries()) {
          const expected = JSON.stringify(values[index]);
          expect(ref.ref).toBe(encodeJson(JSON.parse(expected)).hash);
          expect(JSON.stringify(read.value(ref))).toBe(expected);
        }
      }),
      { seed: 20261126, numRuns: 400 },
    );
  });

  test("is stored without them: a text, an output as a whole, an item of a list, a list of results", () => {
    const { sink, text } = openText();
    const item = (name: string): Json => ({ name, text: long });
    const output = { items: ["a", "b"].map(item), more: `${long}!` };
    sink.put(output);
    const before = text().length;
    const values: readonly Json[] = [
      { message: long, level: "info" },
      { data: JSON.parse(JSON.stringify(output)) },
      output.items[1] ?? null,
      output.items,
      output.more,
      { results: [{ item: item("b") }, { item: item("c") }] },
    ];
    const refs = values.map((value) => sink.put(value));
    expect(text().length - before).toBeLessThan(900);
    const read = readJournal(text());
    expect(refs.map((ref) => read.value(ref))).toEqual(values);
  });

  test("is read back however long what it stands on goes back, as where each round is given the last one's", () => {
    const { sink, text } = openText();
    const made = (round: number): Json => [`${round} ${long}`, round];
    const values = Array.from(
      { length: 1200 },
      (_, round): Json => ({ last: made(round), next: made(round + 1) }),
    );
    const refs = values.map((value) => sink.put(value));
    expect(text().length).toBeLessThan(0.7 * JSON.stringify(values).length);
    const read = readJournal(text());
    expect(refs.map((ref) => read.value(ref))).toEqual(values);
  });

  test("costs no more than it saves: short texts and small lists are stored where they are", () => {
    const { sink, text } = openText();
    sink.put({ text: "x".repeat(200), list: [1, 2, 3] });
    sink.put({ again: "x".repeat(200), list: [1, 2, 3] });
    expect(text()).not.toContain('["="');
  });
});

test("a byte that flips in any value is found", () => {
  const { sink, text } = openText();
  const values: readonly Json[] = [{ text: `${long}é` }, { message: `${long}é`, n: 1 }, "short"];
  const refs = values.map((value) => sink.put(value));
  const whole = Buffer.from(text());
  for (let at = text().indexOf("\n") + 1; at < whole.length; at++) {
    const flipped = Buffer.from(whole);
    flipped[at] = (whole[at] ?? 0) ^ (1 << (at % 7));
    const read = readJournal(flipped.toString());
    const isWhole = refs.every(
      (ref, index) => JSON.stringify(read.value(ref)) === JSON.stringify(values[index]),
    );
    if (!isWhole) expect(read.problems.length + Number(read.torn), `byte ${at}`).toBeGreaterThan(0);
  }
});

describe("a forged value", () => {
  const ref = (n: number): string => `${n}`.padStart(22, "0");
  const read = (lines: readonly (readonly [n: number, parts: readonly Part[], rest: Json])[]) => {
    const texts = lines.map(([n, parts, rest]) =>
      encodeParts(partsText(ref(n), parts, JSON.stringify(rest))),
    );
    const { value, problems } = readJournal(`{"kind":"journal","format":2}\n${texts.join("")}`);
    expect(problems).toEqual([]);
    return value;
  };

  test("that is a part of itself is none", () => {
    const value = read([
      [1, [[["a"], ref(2), []]], { a: null }],
      [2, [[["b"], ref(1), []]], { b: null }],
      [3, [[[], ref(3), []]], null],
    ]);
    for (const n of [1, 2, 3]) expect(value({ ref: ref(n) })).toBeUndefined();
  });

  test("that stands for more than memory holds is none, and is not made", () => {
    const lines = Array.from({ length: 3000 }, (_, n) => n + 1).map((n): readonly [number, Part[], Json] => [
      n,
      n === 1 ? [] : [0, 1].map((place): Part => [[place], ref(n - 1), []]),
      n === 1 ? long : [null, null],
    ]);
    const value = read(lines);
    expect(value({ ref: ref(3) })).toEqual([
      [long, long],
      [long, long],
    ]);
    for (const n of [60, 900, 3000]) expect(value({ ref: ref(n) })).toBeUndefined();
  });

  test("with parts that are not there, or where nothing is, is none", () => {
    const value = read([
      [1, [[["a"], ref(9), []]], { a: null }],
      [2, [[["b"], ref(3), []]], { a: null }],
      [3, [], { x: 1 }],
      [4, [[["a"], ref(3), ["__proto__"]]], { a: null }],
      [5, [[["a"], ref(3), ["x"]]], { a: null }],
    ]);
    expect([1, 2, 4].map((n) => value({ ref: ref(n) }))).toEqual([undefined, undefined, undefined]);
    expect(value({ ref: ref(5) })).toEqual({ a: 1 });
  });

  test("of any other shape is a problem", () => {
    for (const line of [
      '["=","AAAAAAAA",1]',
      '["="]',
      "[]",
      '["short",1]',
      '["STH3cIlt"]',
      '["STH3cIlt",{},1]',
      encodeValue("STH3cIlt", "[]").trimEnd(),
      '[1,2,"exploded","a"]',
      '[1,2,"started","a",0,"STH3cIlt"]',
      '[1,2,"succeeded",7,"STH3cIlt"]',
      '{"kind":"component","number":"0"}',
    ]) {
      const { problems } = readJournal(`{"kind":"journal","format":2}\n${line}\n`);
      expect(problems, line).toHaveLength(1);
    }
  });
});
