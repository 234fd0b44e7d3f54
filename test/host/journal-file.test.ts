import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openJournalFile } from "#host";

test("lines are in the file, in order, once flushed", async () => {
  const path = join(await temporaryFolder(), "deep", "run.ndjson");
  const file = await openJournalFile(path);
  for (let line = 0; line < 1000; line++) file.write(`${line}\n`);
  await file.flush();
  const expected = Array.from({ length: 1000 }, (_, line) => `${line}\n`).join("");
  expect(await readFile(path, "utf8")).toBe(expected);
  file.write("last\n");
  await file.close();
  expect(await readFile(path, "utf8")).toBe(`${expected}last\n`);
});

test("a path that cannot be written is refused at once", async () => {
  const folder = await temporaryFolder();
  await expect(openJournalFile(folder)).rejects.toThrow(/EISDIR/);
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fm-journal-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}
