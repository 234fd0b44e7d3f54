import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { continueNdjsonSink, createJournalReader, foldRun, readJournal } from "#core/journal";
import { addressKey } from "#core/ports";

/** A run that an older version recorded. */
const old = readFileSync(join(import.meta.dirname, "../../fixtures/journals/format-1.ndjson"), "utf8");
const long = "The quick brown fox jumps over the lazy dog. ".repeat(7);

test("a journal of format 1 is read as it was written", () => {
  const read = readJournal(old);
  expect(read).toMatchObject({ problems: [], torn: false });
  const state = foldRun(read.events);
  expect(state).toMatchObject({ runId: "20261126-151223-6pn6w", status: "succeeded" });
  expect(Array.from(state.stages, ([stage, { status }]) => `${stage} ${status}`)).toEqual([
    "first succeeded",
    "each succeeded",
    "each[0]/say succeeded",
    "each[1]/say succeeded",
    "skip skipped",
    "last succeeded",
  ]);
  const output = state.stages.get("first")?.output ?? { ref: "" };
  expect(read.value(output)).toEqual({ text: long, list: ["ü", "😀"] });
  const inputs = state.stages.get("each[1]/say")?.inputs ?? { ref: "" };
  expect(read.value(inputs)).toMatchObject({ message: `b ${long}` });
});

test("a run of format 1 goes on in the present one, and says so", () => {
  const lines = old.split("\n").slice(0, -2);
  const reader = createJournalReader();
  for (const line of lines) reader.line(line);
  let text = `${lines.join("\n")}\n`;
  const writer = { write: (more: string) => (text += more), flush: () => Promise.resolve() };
  const sink = continueNdjsonSink(writer, reader.shorthand);
  const first = reader.events.find(
    (event) => event.kind === "stage-succeeded" && addressKey(event.address) === "first",
  );
  if (first?.kind !== "stage-succeeded") throw new Error("The fixture has another run.");
  // What the old part holds is not stored again.
  const known = sink.put({ text: long, list: ["ü", "😀"] });
  expect(known).toEqual(first.output);
  const next = { ...first, seq: 20, at: first.at + 50, address: { frames: [], stage: "next" } };
  sink.append({ ...next, output: known });
  expect(text.split("\n").slice(-3)).toEqual([
    '{"kind":"journal","format":2}',
    `[20,59,"succeeded","next","${known.ref.slice(0, 8)}"]`,
    "",
  ]);
  expect(readJournal(text)).toMatchObject({ problems: [], torn: false });
  expect(readJournal(text).events.at(-1)).toEqual({ ...next, output: known });
});
