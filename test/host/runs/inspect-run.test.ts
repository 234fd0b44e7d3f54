import { appendFile, cp, mkdir, readFile, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findRun, inspectRun, listRuns, newRunId, openRunStore } from "#host";
import { emptyFolder, recordIn } from "./workspace.ts";
import { writeRun } from "./write-run.ts";
import { startWriter } from "./writers.ts";

test("a list tells of runs that ended, that are at work, and that have crashed", async () => {
  const root = await emptyFolder();
  const ended = await recordIn(root);
  writeRun(ended.journal, ended.runId);
  await ended.close();
  const writer = startWriter(root);
  const killed = await writer.ask("record");
  const working = await recordIn(root);
  writeRun(working.journal, working.runId, "run-started");
  await working.journal.flush();
  const store = await openRunStore(root);
  const statuses = async (): Promise<object> => {
    const { runs } = await listRuns(store, 10);
    return Object.fromEntries(runs.map(({ runId, status }) => [runId, status]));
  };
  expect(await statuses()).toEqual({
    [ended.runId]: "succeeded",
    [killed]: "running",
    [working.runId]: "running",
  });
  await writer.kill();
  expect(await statuses()).toMatchObject({ [killed]: "crashed", [working.runId]: "running" });
  const address = { frames: [], stage: "a" };
  const question = { kind: "question-asked", address, attempt: 0, question: { id: "q" } } as const;
  working.journal.append({ seq: 1, at: 5, ...question } as never);
  await working.journal.flush();
  expect(await statuses()).toMatchObject({ [working.runId]: "waiting" });
});

test("a summary is a shortcut: one that is missing, broken or old is made again from the journal", async () => {
  const root = await emptyFolder();
  const record = await recordIn(root);
  writeRun(record.journal, record.runId, "stage-started");
  await record.close();
  const folder = join(root, ".flowmason", "runs", record.runId);
  const summary = join(folder, "run.json");
  const journal = join(folder, "journal.ndjson");
  const store = await openRunStore(root);
  const before = await readFile(summary, "utf8");
  for (const text of [null, "", '{"format":1}', before.replace('"events":2', '"events":2.5')]) {
    if (text === null) await rm(summary);
    else await writeFile(summary, text);
    expect(await inspectRun(store, record.runId)).toMatchObject({
      status: "crashed",
      summary: { events: 2 },
    });
    expect(await readFile(summary, "utf8")).toBe(before);
  }
  // Not from the journal: this is how it is seen that it was not read.
  await writeFile(summary, before.replace('"events":2', '"events":7').replace('"running"', '"failed"'));
  expect(await inspectRun(store, record.runId)).toMatchObject({ status: "failed", summary: { events: 7 } });
  await appendFile(journal, '{"seq":2,"at":8,"kind":"run-ending","failure":null}\n');
  expect(await inspectRun(store, record.runId)).toMatchObject({ status: "crashed", summary: { events: 3 } });
});

test("five hundred runs are listed from their summaries, the newest first", async () => {
  const root = await emptyFolder();
  const record = await recordIn(root);
  writeRun(record.journal, record.runId);
  await record.close();
  const runs = join(root, ".flowmason", "runs");
  const start = Date.UTC(2020, 0, 1);
  const ids = Array.from({ length: 500 }, (_, index) => newRunId(start + index * 1000, () => 0));
  const summary = await readFile(join(runs, record.runId, "run.json"), "utf8");
  const journal = await readFile(join(runs, record.runId, "journal.ndjson"), "utf8");
  // Of the right size and without a line that could be read: who reads it finds a crashed run.
  const unreadable = "x".repeat(Buffer.byteLength(journal));
  for (const id of ids) {
    await mkdir(join(runs, id));
    await writeFile(join(runs, id, "journal.ndjson"), unreadable);
    await writeFile(join(runs, id, "run.json"), summary);
  }
  const store = await openRunStore(root);
  const all = await listRuns(store, Number.POSITIVE_INFINITY);
  expect(all.total).toBe(501);
  expect(all.runs.map(({ runId }) => runId)).toEqual([record.runId, ...ids.toReversed()]);
  expect(new Set(all.runs.map(({ status }) => status))).toEqual(new Set(["succeeded"]));
  const some = await listRuns(store, 3);
  expect(some).toMatchObject({ total: 501, runs: [{ runId: record.runId }, { runId: ids[499] }, {}] });
});

test("a run is found by its id, either end of it, or as the latest; a link is none", async () => {
  const root = await emptyFolder();
  const record = await recordIn(root);
  writeRun(record.journal, record.runId);
  await record.close();
  const runs = join(root, ".flowmason", "runs");
  const [early, late, foreign] = ["20200101-000000-00abc", "20200101-000000-00xyz", "f".repeat(32)];
  for (const id of [early, late, foreign])
    await cp(join(runs, record.runId), join(runs, id), { recursive: true });
  await rename(join(runs, record.runId), join(root, "moved"));
  await symlink(join(root, "moved"), join(runs, record.runId));
  await utimes(join(runs, foreign, "journal.ndjson"), 1, 1);
  const store = await openRunStore(root);
  const found = async (name: string): Promise<unknown> => {
    const run = await findRun(store, name);
    return run.kind === "found" ? run.runId : run.kind;
  };
  expect(await found("latest")).toBe(late);
  expect(await found(early)).toBe(early);
  expect(await found("00abc")).toBe(early);
  expect(await found("xyz")).toBe(late);
  expect(await found("ff")).toBe(foreign);
  expect(await found("2020")).toBe("ambiguous");
  expect(await found("")).toBe("none");
  expect(await found("..")).toBe("none");
  expect(await found(record.runId)).toBe("none");
  expect((await listRuns(store, 10)).runs.map(({ runId }) => runId)).toEqual([late, early, foreign]);
  expect(await found("latest")).toBe(late);
  expect(await findRun(await openRunStore(await emptyFolder()), "latest")).toEqual({ kind: "none" });
});
