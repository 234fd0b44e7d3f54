import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createMemoryJournal,
  createNdjsonSink,
  encodeEvent,
  encodeJson,
  foldRun,
  type JournalEvent,
  type JournalSink,
  readJournal,
} from "#core/journal";
import type { Json, StageAddress } from "#core/ports";
import { anyText } from "../../support/any-text.ts";

const at = 1_767_225_600_000;
const address: StageAddress = { frames: [{ kind: "iteration", owner: "each", index: 1 }], stage: "a" };

/** Writes a small run to a sink. */
function writeRun(sink: JournalSink, output: Json): readonly JournalEvent[] {
  const events: readonly JournalEvent[] = [
    {
      seq: 0,
      at,
      kind: "run-started",
      format: 1,
      runId: "r",
      pipeline: { name: "p", path: null, hash: "h" },
      input: sink.put({}),
      provider: null,
    },
    {
      seq: 1,
      at,
      kind: "stage-started",
      address,
      attempt: 1,
      attemptKey: "r:a#1",
      componentType: "step",
      inputs: sink.put({ x: 1 }),
    },
    { seq: 2, at, kind: "stage-delta", address, attempt: 1, channel: "output", text: "line 1\nline 2" },
    { seq: 3, at, kind: "stage-succeeded", address, attempt: 1, output: sink.put(output) },
    { seq: 4, at, kind: "run-finished", status: "succeeded", output: sink.put(output), failure: null },
  ];
  for (const event of events) sink.append(event);
  return events;
}

function written(output: Json = { big: "😀".repeat(10) }): {
  readonly text: string;
  readonly events: readonly JournalEvent[];
} {
  let text = "";
  const sink = createNdjsonSink({ write: (lines) => (text += lines), flush: () => Promise.resolve() });
  const events = writeRun(sink, output);
  return { text, events };
}

describe("the file format", () => {
  test("one header, one line an event, each value once and before its first use", () => {
    const { text } = written();
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line): { readonly kind: string } => JSON.parse(line));
    expect(lines.map(({ kind }) => kind)).toEqual([
      "journal",
      "value",
      "value",
      "value",
      "run-started",
      "stage-started",
      "stage-delta",
      "stage-succeeded",
      "run-finished",
    ]);
    expect(lines[0]).toEqual({ kind: "journal", format: 1 });
  });

  test("read back: the same events, the same values", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const output: Json = JSON.parse(JSON.stringify(json));
        const { text, events } = written(output);
        const read = readJournal(text);
        expect(read.problems).toEqual([]);
        expect(read.torn).toBe(false);
        expect(read.events).toEqual(events);
        const last = read.events.at(-1);
        expect(
          last?.kind === "run-finished" && last.output !== null ? read.value(last.output) : "none",
        ).toEqual(output);
      }),
      { seed: 20260101, numRuns: 200 },
    );
  });

  test("an event's line is its JSON", () => {
    const text = anyText(8);
    const frame = fc.record({ kind: fc.constant("iteration" as const), owner: text, index: fc.nat() });
    const beginning = fc.record({
      seq: fc.nat(),
      at: fc.nat({ max: 2 ** 45 }),
      address: fc.record({ frames: fc.array(frame, { maxLength: 2 }), stage: text }),
    });
    const ref = { ref: "STH3cIltUEDgwLE4kSOYNA" };
    fc.assert(
      fc.property(beginning, fc.nat(), text, ({ seq, at: time, address: place }, attempt, name) => {
        const first = { seq, at: time };
        const stage = { address: place, attempt };
        const attemptOf = { attemptKey: name, componentType: name, inputs: ref };
        const decision = { kind: "branch", taken: name, enable: [name], skip: [] } as const;
        const events: readonly JournalEvent[] = [
          { ...first, kind: "stage-started", ...stage, ...attemptOf },
          { ...first, kind: "stage-succeeded", ...stage, output: ref },
          { ...first, kind: "stage-succeeded", ...stage, output: ref, decision },
          { ...first, kind: "stage-cancelled", ...stage },
        ];
        for (const event of events) expect(encodeEvent(event)).toBe(`${JSON.stringify(event)}\n`);
      }),
      { seed: 20260101, numRuns: 200 },
    );
  });

  test("a line begins with its number and time, however the event was put together", () => {
    const stage = { address, attempt: 1 };
    const output = { ref: "STH3cIltUEDgwLE4kSOYNA" };
    const events: readonly JournalEvent[] = [
      { kind: "stage-cancelled", ...stage, seq: 7, at },
      { kind: "stage-succeeded", ...stage, output, seq: 7, at },
    ];
    for (const event of events) expect(encodeEvent(event)).toMatch(/^\{"seq":7,"at":1767225600000,"kind":/);
  });

  test("a value that was encoded before is stored as any other, once", () => {
    let text = "";
    const sink = createNdjsonSink({ write: (lines) => (text += lines), flush: () => Promise.resolve() });
    const ref = sink.putEncoded(encodeJson({ x: [1, "ü"] }));
    expect(sink.put({ x: [1, "ü"] })).toBe(ref);
    expect(readJournal(text)).toMatchObject({ problems: [] });
    expect(readJournal(text).value(ref)).toEqual({ x: [1, "ü"] });
    expect(text.trimEnd().split("\n")).toHaveLength(2);
  });

  test("values with keys such as __proto__ survive", () => {
    const output: Json = JSON.parse('{"__proto__":{"x":1},"constructor":2}');
    const { text } = written(output);
    const read = readJournal(text);
    const [last] = read.events.slice(-1);
    const value = last?.kind === "run-finished" && last.output !== null ? read.value(last.output) : undefined;
    expect(JSON.stringify(value)).toBe('{"__proto__":{"x":1},"constructor":2}');
  });

  test("cut off anywhere, what comes before the cut is read, and only whole lines count", () => {
    const { text, events } = written();
    for (let cut = 0; cut < text.length; cut++) {
      const read = readJournal(text.slice(0, cut));
      expect(events.slice(0, read.events.length)).toEqual(read.events);
      if (cut > 0) expect(read.problems).toEqual([]);
      const whole = text.slice(0, cut).split("\n").length - 1;
      // The header and three values come first.
      expect(read.events.length).toBe(Math.max(0, whole - 4));
      expect(read.torn).toBe(cut > 0 && text[cut - 1] !== "\n");
    }
  });

  test("a line damaged in the middle is a problem, and the rest is read", () => {
    const { text } = written();
    const lines = text.split("\n");
    lines[6] = lines[6]?.slice(0, 30) ?? "";
    const read = readJournal(lines.join("\n"));
    expect(read.problems.map(({ line1 }) => line1)).toEqual([7, 8]);
    expect(read.problems[1]?.message).toBe("Event 3 follows event 1; what was between them is lost.");
    expect(read.events.map(({ seq }) => seq)).toEqual([0, 1, 3, 4]);
  });

  test("a value that does not match its hash is a problem, and is not given out", () => {
    const { text } = written("honest");
    const read = readJournal(text.replace('"honest"', '"forged"'));
    expect(read.problems).toEqual([
      { line1: 4, message: expect.stringContaining("does not match its hash") },
    ]);
    const last = read.events.at(-1);
    expect(
      last?.kind === "run-finished" && last.output !== null ? read.value(last.output) : "none",
    ).toBeUndefined();
  });

  test("other files, and newer formats, are refused in words", () => {
    expect(readJournal("").problems).toHaveLength(1);
    expect(readJournal('{"hello":1}\n').problems[0]?.message).toContain("no journal header");
    expect(readJournal('{"kind":"journal","format":2}\n').problems[0]?.message).toContain(
      "this version reads 1",
    );
    expect(
      readJournal('{"kind":"journal","format":1}\n{"kind":"stage-exploded","seq":0,"at":1}\n').problems[0]
        ?.message,
    ).toContain("stage-exploded");
    expect(
      readJournal('{"kind":"journal","format":1}\n{"kind":"stage-skipped","seq":0,"at":1}\n').problems[0]
        ?.message,
    ).toContain("without an address");
  });
});

describe("the memory journal", () => {
  test("stores a value once, and gives it back as it is", () => {
    const journal = createMemoryJournal();
    const value = { deep: [1, { two: 2 }] };
    const first = journal.put(value);
    expect(journal.put({ deep: [1, { two: 2 }] })).toBe(first);
    expect(journal.value(first)).toBe(value);
    expect(journal.value({ ref: "none" })).toBeUndefined();
    expect(journal.putEncoded(encodeJson({ deep: [1, { two: 2 }] }))).toBe(first);
  });

  test("and the file format fold to the same state", () => {
    const journal = createMemoryJournal();
    writeRun(journal, "out");
    const read = readJournal(written("out").text);
    expect(foldRun(read.events)).toEqual(foldRun(journal.events));
  });
});
