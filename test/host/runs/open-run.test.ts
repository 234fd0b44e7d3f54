import { appendFile, mkdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readJournal } from "#core/journal";
import { openRunForAppend, openRunStore, type ReopenedRun, RunStoreError, whoWrites } from "#host";
import { cases } from "../../support/soak.ts";
import { emptyFolder, recordIn } from "./workspace.ts";
import { writeRun } from "./write-run.ts";
import { startWriter } from "./writers.ts";

async function reopen(root: string, runId: string): Promise<ReopenedRun> {
  const opened = await openRunForAppend(await openRunStore(root), runId, "a test");
  if (opened.kind === "busy") throw new Error(opened.message);
  onTestFinished(() => opened.run.close().catch(() => {}));
  return opened.run;
}

test("a run goes on after its last line, and stores no value twice", async () => {
  const root = await emptyFolder();
  const record = await recordIn(root);
  const path = join(root, ".flowmason", "runs", record.runId, "journal.ndjson");
  writeRun(record.journal, record.runId, "stage-started");
  await record.close();

  const run = await reopen(root, record.runId);
  expect(run.recorded.events.map(({ kind }) => kind)).toEqual(["run-started", "stage-started"]);
  const [first] = run.recorded.events;
  const input = first?.kind === "run-started" ? first.input : { ref: "" };
  expect(run.journal.put({ who: "x" })).toEqual(input);
  const output = run.journal.put({ done: [1, 2] });
  run.journal.append({ seq: 2, at: 7, kind: "run-finished", status: "cancelled", output, failure: null });
  await run.close();
  // A value of the old part stays readable.
  expect(run.recorded.value(input)).toEqual({ who: "x" });

  const text = await readFile(path, "utf8");
  const read = readJournal(text);
  expect(read).toMatchObject({ problems: [], torn: false });
  expect(read.events.map(({ seq }) => seq)).toEqual([0, 1, 2]);
  expect(text.match(/^\["/gm)).toHaveLength(2);
  expect(text.match(/"kind":"journal"/g)).toHaveLength(1);
  const stored = JSON.parse(await readFile(join(path, "..", "run.json"), "utf8"));
  expect(stored).toMatchObject({ lastAt: 7, summary: { status: "cancelled", events: 3 } });
});

test("cut off at any byte, it goes on from the last whole line", async () => {
  const root = await emptyFolder();
  const record = await recordIn(root);
  const path = join(root, ".flowmason", "runs", record.runId, "journal.ndjson");
  writeRun(record.journal, record.runId);
  await record.close();
  const whole = await readFile(path);
  // Every so many bytes; in a soak each.
  for (let cut = 0; cut < whole.length; cut += cases(13, 1)) {
    await writeFile(path, whole);
    await truncate(path, cut);
    const run = await reopen(root, record.runId);
    const seq = run.recorded.events.length;
    const lines = whole.subarray(0, cut).toString().split("\n").slice(0, -1);
    expect(run.recorded.torn).toBe(cut > 0 && whole[cut - 1] !== 10);
    const output = run.journal.put({ who: "x" });
    run.journal.append({ seq, at: 9, kind: "run-finished", status: "failed", output, failure: null });
    await run.close();
    const read = readJournal(await readFile(path, "utf8"));
    expect(read).toMatchObject({ problems: [], torn: false });
    expect(read.events.at(-1)).toMatchObject({ seq, kind: "run-finished" });
    expect(read.value(output)).toEqual({ who: "x" });
    if (lines.length > 0)
      expect((await readFile(path, "utf8")).startsWith(`${lines.join("\n")}\n`)).toBe(true);
  }
});

test("what is damaged in the middle is told and left as it is", async () => {
  const root = await emptyFolder();
  const record = await recordIn(root);
  const path = join(root, ".flowmason", "runs", record.runId, "journal.ndjson");
  writeRun(record.journal, record.runId);
  await record.close();
  const damaged = (await readFile(path, "utf8"))
    .replace("ünïcode", "ünïcöde")
    .replace('"started"', '"started');
  await writeFile(path, damaged);
  const run = await reopen(root, record.runId);
  expect(run.recorded.problems.map(({ message }) => message)).toEqual([
    expect.stringContaining("no JSON object"),
    expect.stringContaining("does not match its hash"),
    "Event 2 follows event 0; what was between them is lost.",
  ]);
  const last = run.recorded.events.at(-1);
  expect(last?.kind === "run-finished" && last.output !== null && run.recorded.value(last.output)).toBe(
    undefined,
  );
  await run.close();
  expect(await readFile(path, "utf8")).toBe(damaged);
});

test("a record of which no event can be read is left as it is when it is only looked at", async () => {
  const root = await emptyFolder();
  const record = await recordIn(root);
  const path = join(root, ".flowmason", "runs", record.runId, "journal.ndjson");
  writeRun(record.journal, record.runId, "run-started");
  await record.close();
  const damaged = (await readFile(path, "utf8")).replace('"seq":0', '"s\u0000q":0');
  await writeFile(path, damaged);
  const run = await reopen(root, record.runId);
  expect(run.recorded.events).toEqual([]);
  await run.close();
  expect(await readFile(path, "utf8")).toBe(damaged);
});

test("a process that was killed in the middle leaves a run that another one can go on with", async () => {
  const root = await emptyFolder();
  const writer = startWriter(root);
  const runId = await writer.ask("record");
  const store = await openRunStore(root);
  const busy = await openRunForAppend(store, runId, "a test");
  expect(busy).toMatchObject({ kind: "busy", writer: { pid: writer.pid, program: "a writer" } });
  if (busy.kind === "busy") {
    expect(busy.message).toBe(whoWrites(runId, busy.writer));
    expect(busy.message).toContain(`is being written by process ${writer.pid} (a writer, since 20`);
  }
  await writer.kill();
  await appendFile(join(root, ".flowmason", "runs", runId, "journal.ndjson"), '{"seq":2,"at":1,"ki');
  const run = await reopen(root, runId);
  expect(run.recorded).toMatchObject({ torn: true, problems: [] });
  expect(run.recorded.events.map(({ kind }) => kind)).toEqual(["run-started", "stage-started"]);
});

test("what is no run of the workspace cannot be opened", async () => {
  const root = await emptyFolder();
  const outside = await emptyFolder();
  await mkdir(join(outside, "journal.ndjson"));
  await (await recordIn(root)).close();
  const store = await openRunStore(root);
  for (const id of ["none", "..", "../runs", "a/b", "", "-x"])
    await expect(openRunForAppend(store, id, "a test")).rejects.toThrow(RunStoreError);
});
