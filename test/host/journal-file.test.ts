import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { JournalFileError, openJournalFile } from "#host";

test("lines are in the file, in order, once flushed", async () => {
  const path = join(await temporaryFolder(), "deep", "run.ndjson");
  const file = await openJournalFile(path, "{");
  for (let line = 0; line < 1000; line++) file.write(`${line}\n`);
  await file.flush();
  const expected = Array.from({ length: 1000 }, (_, line) => `${line}\n`).join("");
  expect(await readFile(path, "utf8")).toBe(expected);
  file.write("last\n");
  await file.close();
  expect(await readFile(path, "utf8")).toBe(`${expected}last\n`);
});

test("lines of any size, and lines in pieces, are in the file as they were given", async () => {
  const path = join(await temporaryFolder(), "run.ndjson");
  const file = await openJournalFile(path, "{");
  const pieces = [1, 20_000, 3, 90_000, 100_000, 7, 600_000, 2].flatMap((length, index) => [
    `{"${index}":"`,
    (index % 2 === 0 ? "x" : "ü😀").repeat(length),
    '"}\n',
  ]);
  for (let round = 0; round < 3; round++) {
    for (const piece of pieces) file.write(piece);
    await file.flush();
  }
  await file.close();
  expect(await readFile(path, "utf8")).toBe(pieces.join("").repeat(3));
});

test("a path that cannot be written is refused at once", async () => {
  const folder = await temporaryFolder();
  await expect(openJournalFile(folder, "{")).rejects.toThrow(/EISDIR/);
});

test("a journal or an empty file is replaced, any other file is left as it is", async () => {
  const path = join(await temporaryFolder(), "run.ndjson");
  for (const before of ['{"kind":"journal"}\nold\n', ""]) {
    await writeFile(path, before);
    const file = await openJournalFile(path, '{"kind":"journal"');
    file.write("new\n");
    await file.close();
    expect(await readFile(path, "utf8")).toBe("new\n");
  }
  for (const before of ['{"name":"pipeline"}', "{"]) {
    await writeFile(path, before);
    await expect(openJournalFile(path, '{"kind":"journal"')).rejects.toThrow(/no journal/);
    const link = `${path}.link`;
    await symlink(path, link);
    await expect(openJournalFile(link, '{"kind":"journal"')).rejects.toThrow(/no journal/);
    await rm(link);
    expect(await readFile(path, "utf8")).toBe(before);
  }
});

test("two journals at one path are never mixed: the last that began is there", async () => {
  const path = join(await temporaryFolder(), "run.ndjson");
  const first = await openJournalFile(path, "{");
  first.write("{first 1\n");
  await first.flush();
  const second = await openJournalFile(path, "{");
  second.write("{second\n");
  first.write("{first 2\n");
  await first.close();
  await second.close();
  expect(await readFile(path, "utf8")).toBe("{second\n");
});

test.runIf(process.platform === "linux")(
  "a full disk is told by the flush; a device keeps nothing",
  async () => {
    const full = await openJournalFile("/dev/full", "{");
    full.write("{\n");
    await expect(full.flush()).rejects.toThrow(JournalFileError);
    await expect(full.close()).rejects.toThrow(JournalFileError);
    const nowhere = await openJournalFile("/dev/null", "{");
    nowhere.write("{\n");
    await nowhere.close();
  },
);

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fm-journal-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}
