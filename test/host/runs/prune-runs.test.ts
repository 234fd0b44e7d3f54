import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openRunStore, parseAge, parseSize, pruneRuns, type RunStore, retentionOf, runIds } from "#host";
import { emptyFolder, recordIn } from "./workspace.ts";
import { writeRun } from "./write-run.ts";
import { startWriter } from "./writers.ts";

const none = { keep: 1000, maxBytes: 1e12, maxAgeMs: null };

/** So many runs that ended, the oldest first. */
async function runsIn(root: string, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    const record = await recordIn(root);
    writeRun(record.journal, record.runId);
    await record.close();
    ids.push(record.runId);
  }
  return ids;
}

async function left(store: RunStore): Promise<readonly string[]> {
  return (await runIds(store)).toSorted();
}

test("TT-16 what is over a limit is removed, the oldest first; telling what would be removes nothing", async () => {
  const root = await emptyFolder();
  const ids = await runsIn(root, 5);
  const store = await openRunStore(root);
  const told = await pruneRuns(store, { ...none, keep: 3 }, "only-tell");
  expect(told.removed.map(({ runId, reason }) => [runId, reason])).toEqual([
    [ids[1], "count"],
    [ids[0], "count"],
  ]);
  expect(await left(store)).toEqual(ids);
  expect(await pruneRuns(store, { ...none, keep: 3 }, "remove")).toEqual(told);
  expect(await left(store)).toEqual(ids.slice(2));
  const bytes = told.removed[0]?.bytes ?? 0;
  const large = await pruneRuns(store, { ...none, maxBytes: bytes * 2 }, "remove");
  expect(large.removed).toEqual([{ runId: ids[2], bytes, reason: "size" }]);
  await mkdir(join(root, ".flowmason", "runs", "20200101-000000-00000"));
  await writeFile(join(root, ".flowmason", "runs", "20200101-000000-00000", "journal.ndjson"), "");
  const old = await pruneRuns(store, { ...none, maxAgeMs: 24 * 3600 * 1000 }, "remove");
  expect(old.removed).toEqual([{ runId: "20200101-000000-00000", bytes: 0, reason: "age" }]);
  expect(await left(store)).toEqual(ids.slice(3));
});

test("TT-16 a run at work, and one that waits for an answer, is never removed", async () => {
  const root = await emptyFolder();
  const writer = startWriter(root);
  const working = await writer.ask("record");
  const asking = await recordIn(root);
  writeRun(asking.journal, asking.runId, "run-started");
  const address = { frames: [], stage: "a" };
  const asked = { kind: "question-asked", address, attempt: 0, question: { id: "q" } } as const;
  asking.journal.append({ seq: 1, at: 5, ...asked } as never);
  // Its process is dead, its question is open.
  await asking.close();
  const store = await openRunStore(root);
  const nothing = { ...none, keep: 0 };
  const first = await pruneRuns(store, nothing, "remove");
  expect(first.removed).toEqual([]);
  expect(first.spared.map(({ runId }) => runId).toSorted()).toEqual([working, asking.runId].toSorted());
  await writer.kill();
  expect((await pruneRuns(store, nothing, "remove")).removed.map(({ runId }) => runId)).toEqual([working]);
  expect(await left(store)).toEqual([asking.runId]);
});

test("TT-16 when a run ends, older ones over the limits go; what a removal that died has left goes too", async () => {
  const root = await emptyFolder();
  const [, second] = await runsIn(root, 2);
  await mkdir(join(root, ".flowmason", "runs", ".removing-x", "deep"), { recursive: true });
  const record = await recordIn(root, { retention: { ...none, keep: 2 } });
  writeRun(record.journal, record.runId);
  expect(await runIds(await openRunStore(root))).toHaveLength(3);
  await record.close();
  expect((await readdir(join(root, ".flowmason", "runs"))).toSorted()).toEqual([second, record.runId]);
});

test("limits are read as people write them", () => {
  expect(["10B", "1KB", "1.5MB", "2 GB", "1TB", "1", "GB", "1gb", "-1GB"].map(parseSize)).toEqual([
    10,
    1024,
    1.5 * 1024 ** 2,
    2 * 1024 ** 3,
    1024 ** 4,
    null,
    null,
    null,
    null,
  ]);
  const day = 24 * 3600 * 1000;
  expect(["30d", "12h", "90m", "2w", "5s", "d", "30", "1y"].map(parseAge)).toEqual([
    30 * day,
    day / 2,
    90 * 60_000,
    14 * day,
    5000,
    null,
    null,
    null,
  ]);
  expect(retentionOf(undefined)).toEqual({ keep: 1000, maxBytes: 1024 ** 3, maxAgeMs: null });
  expect(retentionOf({ keep: 5, max_age: day })).toEqual({ keep: 5, maxBytes: 1024 ** 3, maxAgeMs: day });
});
