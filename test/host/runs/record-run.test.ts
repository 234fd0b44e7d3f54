import { existsSync } from "node:fs";
import { chown, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readJournal } from "#core/journal";
import { JournalFileError, openRunStore, RunStoreError, runIds, writerOf } from "#host";
import { emptyFolder, recordIn } from "./workspace.ts";
import { writeRun } from "./write-run.ts";

test("a run is recorded in its workspace, for its owner's eyes only, and out of git", async () => {
  const root = await emptyFolder();
  const record = await recordIn(root);
  const folder = join(root, ".flowmason", "runs", record.runId);
  writeRun(record.journal, record.runId);
  await record.journal.flush();
  const { events, problems } = readJournal(await readFile(join(folder, "journal.ndjson"), "utf8"));
  expect(problems).toEqual([]);
  expect(events.map(({ kind }) => kind)).toEqual([
    "run-started",
    "stage-started",
    "stage-succeeded",
    "run-finished",
  ]);
  expect(await writerOf(folder)).toMatchObject({ pid: process.pid, program: "a test" });
  await record.close();
  expect(await writerOf(folder)).toBeNull();
  expect(await readFile(join(root, ".flowmason", ".gitignore"), "utf8")).toBe("*\n");
  const { summary, journalBytes } = JSON.parse(await readFile(join(folder, "run.json"), "utf8"));
  expect(summary).toMatchObject({ runId: record.runId, status: "succeeded", stages: { succeeded: 1 } });
  expect(journalBytes).toBe((await stat(join(folder, "journal.ndjson"))).size);
  if (process.platform === "win32") return;
  const modes = [
    [join(root, ".flowmason"), 0o700],
    [folder, 0o700],
    [join(folder, "journal.ndjson"), 0o600],
  ] as const;
  for (const [path, mode] of modes) expect((await stat(path)).mode & 0o777).toBe(mode);
});

test("a copy has the same bytes, and can be the only record", async () => {
  const root = await emptyFolder();
  const copy = join(root, "copy.ndjson");
  const both = await recordIn(root, { copy });
  writeRun(both.journal, both.runId);
  await both.close();
  const kept = await readFile(join(root, ".flowmason", "runs", both.runId, "journal.ndjson"), "utf8");
  expect(await readFile(copy, "utf8")).toBe(kept);
  await rm(join(root, ".flowmason"), { recursive: true });
  const alone = await recordIn(root, { copy, keep: "nowhere" });
  writeRun(alone.journal, alone.runId);
  await alone.close();
  expect(readJournal(await readFile(copy, "utf8")).events).toHaveLength(4);
  const none = await recordIn(root, { keep: "nowhere" });
  writeRun(none.journal, none.runId);
  await none.close();
  expect(await readdir(root)).toEqual(["copy.ndjson"]);
});

test("a run that never began leaves nothing", async () => {
  const root = await emptyFolder();
  await (await recordIn(root)).close();
  expect(await runIds(await openRunStore(root))).toEqual([]);
  expect(await readdir(join(root, ".flowmason", "runs"))).toEqual([]);
});

test("no link leads a record out of the workspace", async () => {
  const outside = await emptyFolder();
  for (const name of [".flowmason", join(".flowmason", "runs")]) {
    const root = await emptyFolder();
    if (name !== ".flowmason") await mkdir(join(root, ".flowmason"));
    await symlink(outside, join(root, name));
    await expect(recordIn(root)).rejects.toThrow(RunStoreError);
    await expect(recordIn(root)).rejects.toThrow(/out of the workspace by a link/);
    expect(await readdir(outside)).toEqual([]);
  }
  const root = await emptyFolder();
  await symlink(join(root, "nowhere"), join(root, ".flowmason"));
  await expect(recordIn(root)).rejects.toThrow(/link to nothing/);
});

test("a place that cannot hold records is said with its reason", async () => {
  const root = await emptyFolder();
  await writeFile(join(root, ".flowmason"), "a file");
  await expect(recordIn(root)).rejects.toThrow(/no folder/);
  await expect(recordIn(join(root, "none"))).rejects.toThrow(RunStoreError);
});

test.runIf(process.getuid?.() === 0)("a folder of another user is not used", async () => {
  const root = await emptyFolder();
  await mkdir(join(root, ".flowmason"));
  await chown(join(root, ".flowmason"), 4711, 4711);
  await expect(recordIn(root)).rejects.toThrow(/belongs to another user/);
  // Who owns the workspace may well have made it.
  await chown(root, 4711, 4711);
  await (await recordIn(root)).close();
});

test("a record that is removed or replaced while it is written fails its run", async () => {
  for (const replace of ["removed", "replaced"] as const) {
    const root = await emptyFolder();
    const record = await recordIn(root);
    const path = join(root, ".flowmason", "runs", record.runId, "journal.ndjson");
    writeRun(record.journal, record.runId, "stage-started");
    await record.journal.flush();
    expect(record.broken.aborted).toBe(false);
    await rename(path, `${path}.gone`);
    if (replace === "replaced") await writeFile(path, "");
    record.journal.put({ more: true });
    await expect(record.journal.flush()).rejects.toThrow(/removed or replaced/);
    expect(record.broken.aborted).toBe(true);
    await expect(record.close()).rejects.toThrow(JournalFileError);
    expect(await writerOf(join(path, ".."))).toBeNull();
  }
});

test.runIf(existsSync("/dev/full"))(
  "a full disk breaks the record at once, whichever file it is",
  async () => {
    const root = await emptyFolder();
    const record = await recordIn(root, { copy: "/dev/full" });
    const broken = new Promise((resolve) => record.broken.addEventListener("abort", resolve));
    writeRun(record.journal, record.runId, "stage-started");
    await broken;
    expect(record.broken.reason).toMatchObject({ path: "/dev/full", cause: { code: "ENOSPC" } });
    await expect(record.journal.flush()).rejects.toThrow(/\/dev\/full cannot be written/);
  },
);
