import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createNdjsonSink, readJournal, refsOf } from "#core/journal";
import type { Json } from "#core/ports";
import { readRunFile } from "#host";
import { emptyFolder } from "./workspace.ts";
import { writeRun } from "./write-run.ts";

/** A journal's text with these values besides the run's own. */
function journalOf(values: readonly Json[]): string {
  let text = "";
  const sink = createNdjsonSink({ write: (lines) => (text += lines), flush: () => Promise.resolve() });
  writeRun(sink, "r", "stage-succeeded");
  for (const [index, value] of values.entries()) {
    const address = { frames: [], stage: "log" };
    const event = { kind: "stage-log", address, attempt: 1, level: "info", message: "m" } as const;
    sink.append({ seq: 3 + index, at: 9, ...event, values: sink.put(value) });
  }
  return text;
}

describe("a journal in a file", () => {
  test("reads as its text does, whole, cut off and damaged, and gives the same values", async () => {
    const path = join(await emptyFolder(), "journal.ndjson");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 5 }),
        fc.nat(),
        fc.constantFrom("whole", "cut", "damaged", "spaced"),
        async (values, place, how) => {
          const whole = journalOf(values.map((value): Json => JSON.parse(JSON.stringify(value))));
          const at = place % whole.length;
          const text = {
            whole,
            cut: whole.slice(0, at),
            damaged: `${whole.slice(0, at)}#${whole.slice(at + 1)}`,
            spaced: whole.replaceAll('",', '", '),
          }[how];
          await writeFile(path, text);
          const { recorded, wholeBytes } = await readRunFile(path);
          const expected = readJournal(text);
          expect(recorded).toMatchObject({
            events: expected.events,
            problems: expected.problems,
            torn: expected.torn,
          });
          expect(wholeBytes).toBe(Buffer.byteLength(text.slice(0, text.lastIndexOf("\n") + 1)));
          for (const ref of expected.events.flatMap(refsOf))
            expect(recorded.value(ref)).toEqual(expected.value(ref));
        },
      ),
      { seed: 20261126, numRuns: 150 },
    );
  });

  test("a line may be longer than what is read at once, and end anywhere in it", async () => {
    const path = join(await emptyFolder(), "journal.ndjson");
    // Two bytes a character, so that pieces end in the middle of one.
    const values = [1, 1_048_560, 700_001, 3, 2_500_000].map((length) => "ü".repeat(length));
    await writeFile(path, journalOf(values));
    const { recorded, wholeBytes } = await readRunFile(path);
    expect(recorded).toMatchObject({ problems: [], torn: false });
    const logged = recorded.events.flatMap((event) => (event.kind === "stage-log" ? refsOf(event) : []));
    expect(logged.map((ref) => recorded.value(ref))).toEqual(values);
    expect(wholeBytes).toBeGreaterThan(8_000_000);
    expect(recorded.value({ ref: "none" })).toBeUndefined();
  });
});

test("a journal that was read keeps none of its values in memory", async () => {
  const path = join(await emptyFolder(), "journal.ndjson");
  const values = Array.from({ length: 60 }, (_, index) => `${index}`.padEnd(500_000, "x"));
  await writeFile(path, journalOf(values));
  const before = usedHeap();
  const { recorded } = await readRunFile(path);
  const kept = usedHeap() - before;
  expect(recorded.events).toHaveLength(63);
  expect(kept).toBeLessThan(5_000_000);
});

/** Bytes that are in use once what is not has been let go. */
function usedHeap(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed;
}
