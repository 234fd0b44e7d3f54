import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareRuns, createNdjsonSink, type RecordedRun, readJournal, valueChanges } from "#core/journal";
import type { Json } from "#core/ports";

const exactly = { most: 100, isSameText: () => false };

describe("value changes", () => {
  test("are none between a value and itself, in whatever order its keys are", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json: Json = JSON.parse(JSON.stringify(value));
        expect(valueChanges(json, turned(json), exactly)).toEqual([]);
      }),
      { seed: 20261126 },
    );
  });

  test("say where a value differs, and what is there", () => {
    const before = { a: [1, { "b c": true }], gone: 1, same: "x", __proto__: null };
    const after = JSON.parse('{"a": [1, {"b c": null}, 3], "same": "x", "__proto__": 4}');
    expect(valueChanges(before, after, exactly)).toEqual([
      { path: 'a[1]["b c"]', before: true, after: null },
      { path: "a[2]", before: undefined, after: 3 },
      { path: "gone", before: 1, after: undefined },
      { path: "__proto__", before: undefined, after: 4 },
    ]);
    expect(valueChanges([], {}, exactly)).toEqual([{ path: "", before: [], after: {} }]);
    expect(valueChanges([1, 2, 3], [4, 5, 6], { ...exactly, most: 2 })).toHaveLength(2);
  });
});

describe("two runs", () => {
  test("part at the first stage that began and differs; a run's own id in a value is no difference", () => {
    const one = run("one", { a: "one:a", b: 1, c: [1, 2] });
    const same = run("two", { a: "two:a", b: 1, c: [1, 2] });
    expect(compareRuns(one, same)).toMatchObject({ isAlike: true, firstDivergent: null, output: [] });
    const other = run("two", { a: "two:a", b: 2, c: [1, 3], d: 0 });
    const { isAlike, firstDivergent, stages, output } = compareRuns(one, other);
    expect({ isAlike, firstDivergent }).toEqual({ isAlike: false, firstDivergent: "b" });
    expect(stages.filter((stage) => !stage.isAlike).map(({ stage }) => stage)).toEqual(["b", "c", "d"]);
    expect(stages.at(-1)).toMatchObject({ before: undefined, output: [{ before: undefined, after: 0 }] });
    expect(output).toEqual([
      { path: "b", before: 1, after: 2 },
      { path: "c[1]", before: 2, after: 3 },
      { path: "d", before: undefined, after: 0 },
    ]);
  });
});

/** The same value with its keys the other way round. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]): [string, Json] => [key, turned(item)]);
  return Object.fromEntries(entries.toReversed());
}

/** A run whose stages gave these outputs. */
function run(runId: string, outputs: { readonly [stage: string]: Json }): RecordedRun {
  let text = "";
  let seq = 0;
  const sink = createNdjsonSink({ write: (lines) => (text += lines), flush: () => Promise.resolve() });
  const pipeline = { name: "p", path: null, hash: "h" };
  const beginning = { runId, pipeline, format: 1, provider: null, input: sink.put({}) } as const;
  sink.append({ seq: seq++, at: 1, kind: "run-started", ...beginning });
  for (const [stage, output] of Object.entries(outputs)) {
    const attempt = { address: { frames: [], stage }, attempt: 1 };
    const inputs = { attemptKey: "k", componentType: "c", inputs: sink.put({}) };
    sink.append({ seq: seq++, at: 2, kind: "stage-started", ...attempt, ...inputs });
    sink.append({ seq: seq++, at: 3, kind: "stage-succeeded", ...attempt, output: sink.put(output) });
  }
  sink.append({
    seq,
    at: 4,
    kind: "run-finished",
    status: "succeeded",
    output: sink.put(outputs),
    failure: null,
  });
  return readJournal(text);
}
