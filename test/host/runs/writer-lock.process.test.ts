import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writerOf } from "#host";
import { lockFolder } from "../../../host/runs/writer-lock.ts";
import { emptyFolder } from "./workspace.ts";
import { startWriter, type Writer } from "./writers.ts";

test("of many who want a run at once, one has it; when it is given up another can", async () => {
  const folder = await emptyFolder();
  for (let round = 1; round <= 20; round++) {
    const locks = await Promise.all(Array.from({ length: 8 }, () => lockFolder(folder, "fm run")));
    const [mine, other] = locks.filter(({ kind }) => kind === "locked");
    expect(other).toBeUndefined();
    expect(locks.filter((lock) => lock.kind === "busy" && lock.writer.pid === process.pid)).toHaveLength(7);
    if (mine?.kind === "locked") mine.release();
  }
  expect(await writerOf(folder)).toBeNull();
  // Of all that only the last claim is left.
  expect(await readdir(folder)).toEqual(["writer-20.json"]);
});

test("a folder whose path is too long for a socket can be locked all the same", async () => {
  const folder = join(await emptyFolder(), "x".repeat(120));
  await mkdir(folder);
  const lock = await lockFolder(folder, "fm run");
  expect(lock.kind).toBe("locked");
  expect((await lockFolder(folder, "fm run")).kind).toBe("busy");
  expect(await writerOf(folder)).toMatchObject({ program: "fm run" });
  if (lock.kind === "locked") lock.release();
  expect(await writerOf(folder)).toBeNull();
});

test("the claim of a dead process holds nothing, even when another process has its number now", async () => {
  const folder = await emptyFolder();
  const lock = await lockFolder(folder, "fm run");
  if (lock.kind === "locked") lock.release();
  // Its number is that of this process, which lives.
  expect(JSON.parse(await readFile(join(folder, "writer-1.json"), "utf8"))).toMatchObject({
    pid: process.pid,
  });
  expect(await writerOf(folder)).toBeNull();
  expect((await lockFolder(folder, "fm resume")).kind).toBe("locked");
});

test("a claim that is cut off, or names a socket of someone else, holds nothing", async () => {
  for (const text of [
    "",
    '{"pid":1',
    `{"pid":1,"program":"x","since":1,"socket":"../../w-0123456789abcdef.sock"}`,
  ]) {
    const folder = await emptyFolder();
    await writeFile(join(folder, "writer-3.json"), text);
    expect(await writerOf(folder)).toBeNull();
    const lock = await lockFolder(folder, "fm run");
    expect(lock.kind).toBe("locked");
    expect((await readdir(folder)).filter((name) => name.endsWith(".json"))).toEqual(["writer-4.json"]);
    if (lock.kind === "locked") lock.release();
  }
});

test.skipIf(process.platform === "win32")("a process that stands still keeps its run", async () => {
  const root = await emptyFolder();
  const [writer, other] = [startWriter(root), startWriter(root)];
  const runId = await writer.ask("record");
  writer.process.kill("SIGSTOP");
  expect(await other.ask("hold", runId)).toBe(`busy ${writer.pid}`);
  writer.process.kill("SIGCONT");
  await writer.kill();
  expect(await other.ask("hold", runId)).toBe("opened");
});

test("writers that are killed one after the other: of those that are left, exactly one gets the run", async () => {
  const root = await emptyFolder();
  const first = startWriter(root);
  const runId = await first.ask("record");
  let writers: readonly Writer[] = Array.from({ length: 5 }, () => startWriter(root));
  let holder = first;
  while (writers.length > 0) {
    const refused = await Promise.all(writers.map((writer) => writer.ask("hold", runId)));
    expect(new Set(refused)).toEqual(new Set([`busy ${holder.pid}`]));
    await holder.kill();
    const answers = await Promise.all(writers.map((writer) => writer.ask("hold", runId)));
    const winners = writers.filter((_, index) => answers[index] === "opened");
    expect(winners).toHaveLength(1);
    holder = winners[0] ?? first;
    writers = writers.filter((writer) => writer !== holder);
    expect(new Set(answers.filter((answer) => answer !== "opened"))).toEqual(
      new Set(writers.length === 0 ? [] : [`busy ${holder.pid}`]),
    );
  }
});
