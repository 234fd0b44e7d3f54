import fc from "fast-check";
import { expect, test } from "vitest";
import { foldRun, readJournal, refsOf } from "#core/journal";
import { type ReadTraces, readOtlp, runsOfTraces } from "#core/telemetry";

/** A digit is an id of that digit, so that parents are there, missing, or go round in circles. */
const digit = fc.integer({ min: 1, max: 4 });
const attribute = fc.record({
  key: fc.oneof(
    fc.constantFrom(
      ...[
        "flowmason.run.id",
        "flowmason.stage.id",
        "flowmason.stage.frames",
        "flowmason.frame.steps",
        "__proto__",
      ],
      ...[
        "flowmason.stage.status",
        "flowmason.run.status",
        "gen_ai.input.messages",
        "flowmason.component.type",
      ],
      ...["gen_ai.usage.input_tokens", "gen_ai.operation.name", "flowmason.provider"],
    ),
    fc.string({ maxLength: 5 }),
  ),
  value: fc.oneof(
    fc.record({
      stringValue: fc.constantFrom(
        ...["r1", "[]", "succeeded", "failed", "chat", '[{"kind":"iteration","owner":"a","index":0}]'],
        ...['[{"role":"user","parts":[{"type":"text","content":"x"}]}]', "[{}]", '{"a":'],
      ),
    }),
    fc.record({ intValue: fc.oneof(fc.integer(), fc.constant("12"), fc.constant("-1")) }),
    fc.record({
      kvlistValue: fc.record({ values: fc.constant([{ key: "__proto__", value: { boolValue: true } }]) }),
    }),
    fc.jsonValue({ maxDepth: 2 }),
  ),
});
const attributes = fc.array(attribute, { maxLength: 6 });
const span = fc.record(
  {
    traceId: digit.map((id) => `${id % 2}`.padEnd(32, "a")),
    spanId: digit.map((id) => `${id}`.padEnd(16, "b")),
    parentSpanId: fc.oneof(
      fc.constant(""),
      digit.map((id) => `${id}`.padEnd(16, "b")),
    ),
    name: fc.string({ maxLength: 5 }),
    kind: fc.oneof(fc.integer({ min: -1, max: 9 }), fc.constant("SPAN_KIND_SERVER")),
    startTimeUnixNano: fc.integer({ min: 1, max: 99 }).map((ms) => `17900000000${ms}000000`),
    endTimeUnixNano: fc.integer({ min: 1, max: 99 }).map((ms) => `17900000000${ms}000000`),
    attributes,
    events: fc.array(
      fc.record({
        name: fc.constantFrom("exception", "flowmason.stage.skipped", "x"),
        timeUnixNano: fc.constant("1"),
        attributes,
      }),
      { maxLength: 2 },
    ),
    status: fc.record({ code: fc.constantFrom(0, 1, 2), message: fc.string({ maxLength: 5 }) }),
  },
  { requiredKeys: ["traceId", "spanId", "startTimeUnixNano", "endTimeUnixNano"] },
);

test("whatever traces say, each becomes a whole journal whose values are all there", () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
      const text = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
      for (const { journal } of runsOfTraces(readOtlp(text), (_ms, traceId) => `r-${traceId}`)) {
        const { events, problems, value } = readJournal(journal);
        expect(problems).toEqual([]);
        expect(events[0]?.kind).toBe("run-started");
        expect(events.flatMap(refsOf).filter((ref) => value(ref) === undefined)).toEqual([]);
        foldRun(events);
      }
    }),
    { numRuns: 150 },
  );
});

test("any text is read, and what cannot be is said", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json({ maxDepth: 4 })), (text) => {
      const { spans, notes } = readOtlp(text);
      expect(spans).toEqual([]);
      if (text.trim() !== "" && text.trim() !== "[]") expect(notes.length).toBeGreaterThan(0);
    }),
    { numRuns: 100 },
  );
});

test("attributes as deep as a stack are cut off", () => {
  const deep = `${'{"arrayValue":{"values":['.repeat(1500)}{"stringValue":"x"}${"]}}".repeat(1500)}`;
  const id = (char: string, length: number): string => `"${char.repeat(length)}"`;
  const at = '"1790000000000000000"';
  const one = `{"traceId":${id("a", 32)},"spanId":${id("b", 16)},"startTimeUnixNano":${at},"endTimeUnixNano":${at},"attributes":[{"key":"deep","value":${deep}}]}`;
  const { spans, notes } = readOtlp(`{"resourceSpans":[{"scopeSpans":[{"spans":[${one}]}]}]}`);
  expect(notes).toEqual([]);
  expect(JSON.stringify(spans[0]?.attributes).length).toBeLessThan(200);
});

test("a span may have more spans in it than a call takes arguments", () => {
  const root: ReadTraces["spans"][number] = {
    traceId: "a".padEnd(32, "a"),
    spanId: "root",
    parentSpanId: null,
    name: "invoke_workflow many",
    kind: "internal",
    startMs: 5,
    endMs: 9,
    attributes: { "flowmason.run.id": "r1" },
    events: [],
    links: 0,
    error: null,
    resource: {},
  };
  const children = Array.from({ length: 150_000 }, (_, index) => {
    return { ...root, spanId: `s${index}`, parentSpanId: "root", attributes: {} };
  });
  const [run] = runsOfTraces({ spans: [root, ...children], notes: [] }, () => "");
  expect(run).toMatchObject({
    runId: "r1",
    notes: expect.arrayContaining([expect.stringContaining("150000 times")]),
  });
});
