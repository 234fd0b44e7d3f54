import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  continueNdjsonSink,
  createJournalReader,
  createMemoryJournal,
  createNdjsonSink,
  createShorthand,
  encodeJson,
  foldRun,
  type JournalBody,
  type JournalEvent,
  type JournalSink,
  readJournal,
} from "#core/journal";
import { addressKey, type Json, type StageAddress } from "#core/ports";
import { anyText } from "../../support/any-text.ts";

const at = 1_767_225_600_000;
const address: StageAddress = { frames: [{ kind: "iteration", owner: "each", index: 1 }], stage: "a" };

function runStarted(sink: JournalSink): Extract<JournalBody, { kind: "run-started" }> {
  const pipeline = { name: "p", path: null, hash: "h" };
  return { kind: "run-started", format: 1, runId: "r", pipeline, input: sink.put({}), provider: null };
}

/** A sink that goes on after what was written. */
function goOn(text: string, write: (lines: string) => void): JournalSink {
  const reader = createJournalReader();
  for (const line of text.split("\n").slice(0, -1)) reader.line(line);
  expect(reader.problems).toEqual([]);
  return continueNdjsonSink({ write, flush: () => Promise.resolve() }, reader.shorthand);
}

/** Writes a small run to a sink. */
function writeRun(sink: JournalSink, output: Json): readonly JournalEvent[] {
  const events: readonly JournalEvent[] = [
    { seq: 0, at, ...runStarted(sink) },
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
    const ref = encodeJson({ big: "😀".repeat(10) }).hash;
    expect(text.trimEnd().split("\n")).toEqual([
      '{"kind":"journal","format":2}',
      '["STH3cIlt",{}]',
      `["${encodeJson({ x: 1 }).hash.slice(0, 8)}",{"x":1}]`,
      `["${ref.slice(0, 8)}",{"big":"${"😀".repeat(10)}"}]`,
      expect.stringMatching(/^\{"seq":0,"at":1767225600000,"kind":"run-started",/),
      '{"kind":"component","number":0,"type":"step"}',
      expect.stringMatching(/^\[1,0,"started",\[\["each",1\],"a"\],0,"[\w-]{8}",1,"r:a#1"\]$/),
      '[2,0,"output",[["each",1],"a"],1,"line 1\\nline 2"]',
      `[3,0,"succeeded",[["each",1],"a"],"${ref.slice(0, 8)}"]`,
      expect.stringMatching(/^\{"seq":4,"at":1767225600000,"kind":"run-finished",/),
    ]);
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

  test("any event is read back as it was written, by a sink that goes on too", () => {
    const text = anyText(8);
    const count = fc.nat({ max: 3 });
    const frame = fc.oneof(
      fc.record({ kind: fc.constant("iteration" as const), owner: text, index: fc.nat() }),
      fc.record({
        kind: fc.constant("arm" as const),
        owner: text,
        arm: fc.constantFrom("try", "catch", "finally"),
        attempt: count,
      }),
      fc.record({ kind: fc.constant("subpipeline" as const), owner: text, pipeline: text, attempt: count }),
    );
    const time = fc.oneof(
      fc.integer({ min: -5, max: 2 ** 45 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const beginning = fc.record({
      times: fc.array(time, { minLength: 6, maxLength: 6 }),
      place: fc.record({ frames: fc.array(frame, { maxLength: 2 }), stage: text }),
    });
    fc.assert(
      fc.property(beginning, count, text, fc.nat({ max: 6 }), ({ times, place }, attempt, name, cut) => {
        const stage = { address: place, attempt };
        const attemptKey = cut % 2 === 0 ? name : `r:${addressKey(place)}#${attempt}`;
        const decision = { kind: "branch", taken: name, enable: [name], skip: [] } as const;
        const bodies = (sink: JournalSink): readonly JournalBody[] => [
          runStarted(sink),
          { kind: "stage-started", ...stage, attemptKey, componentType: name, inputs: sink.put({}) },
          { kind: "stage-delta", ...stage, channel: "reasoning", text: name },
          { kind: "stage-succeeded", ...stage, output: sink.put(name) },
          { kind: "stage-succeeded", ...stage, output: { ref: "STH3cIltUEDgwLE4kSOYNA" }, decision },
          { kind: "stage-cancelled", ...stage },
        ];
        let file = "";
        let sink = createNdjsonSink({ write: (lines) => (file += lines), flush: () => Promise.resolve() });
        const events: JournalEvent[] = [];
        for (let seq = 0; seq < 6; seq++) {
          if (seq === cut) sink = goOn(file, (lines) => (file += lines));
          const [body] = bodies(sink).slice(seq, seq + 1);
          if (body === undefined) throw new Error("There are six.");
          events.push({ seq, at: times[seq] ?? 0, ...body });
          sink.append({ seq, at: times[seq] ?? 0, ...body });
        }
        const read = readJournal(file);
        expect(read.problems).toEqual([]);
        expect(JSON.parse(JSON.stringify(read.events))).toEqual(JSON.parse(JSON.stringify(events)));
      }),
      { seed: 20260101, numRuns: 200 },
    );
  });

  test("an event that is no row begins with its number and time, however it was put together", () => {
    const lines: string[] = [];
    const sink = createNdjsonSink({ write: (line) => lines.push(line), flush: () => Promise.resolve() });
    sink.append({ kind: "stage-cancelled", address, attempt: 1, seq: 7, at });
    expect(lines[1]).toMatch(/^\{"seq":7,"at":1767225600000,"kind":/);
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
      // The header and three values come first, and what numbers the component after the first event.
      expect(read.events.length).toBe(Math.max(0, whole - (whole < 6 ? 4 : 5)));
      expect(read.torn).toBe(cut > 0 && text[cut - 1] !== "\n");
    }
  });

  test("a line damaged in the middle is a problem, and the rest is read", () => {
    const { text } = written();
    const lines = text.split("\n");
    lines[7] = lines[7]?.slice(0, 30) ?? "";
    const read = readJournal(lines.join("\n"));
    expect(read.problems.map(({ line1 }) => line1)).toEqual([8, 9]);
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
    expect(readJournal('{"kind":"journal","format":3}\n').problems[0]?.message).toContain(
      "this version reads 1 to 2",
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

test("values whose hashes begin alike have names that tell them apart", () => {
  const shorthand = createShorthand();
  const hashes = ["AAAAAAAABBBBBBBBBBBBBB", "AAAAAAAACBBBBBBBBBBBBB", "AAAAAAAACCBBBBBBBBBBBB"];
  const refs = hashes.map((hash) => shorthand.note(hash));
  const names = ["AAAAAAAA", "AAAAAAAAC", "AAAAAAAACC"];
  expect(refs.map(({ ref }) => shorthand.nameOf({ ref }))).toEqual(names);
  expect(names.map((name) => shorthand.refOf(name))).toEqual(refs);
  expect(hashes.map((hash) => shorthand.known(hash))).toEqual(refs);
  expect(shorthand.known("AAAAAAAADBBBBBBBBBBBBB")).toBeUndefined();
  expect(shorthand.nameOf({ ref: "AAAAAAAADBBBBBBBBBBBBB" })).toBe("AAAAAAAADBBBBBBBBBBBBB");
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
