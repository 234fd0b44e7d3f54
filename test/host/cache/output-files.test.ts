import { execFileSync } from "node:child_process";
import { lstat, mkdir, readFile, rename, rm, stat, symlink, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Executor } from "#core/ports";
import { keptFor } from "#host";
import { emptyFolder } from "../runs/workspace.ts";
import { ATTEMPT, CACHE, entriesOf, giving, once } from "./cached-attempt.ts";

test("files come back with their content, their folders and their right to be run, and no others are touched", async () => {
  const root = await emptyFolder();
  const attempt = { ...ATTEMPT, cache: { ...CACHE, outputs: ["out", "*.log"] } };
  const work = async (): Promise<void> => {
    await mkdir(join(root, "out", "deep"), { recursive: true });
    await writeFile(join(root, "out", "deep", "a.sh"), "#!/bin/sh\n", { mode: 0o755 });
    await writeFile(join(root, "x.log"), "log");
  };
  const worker = giving(1, work);
  await once(root, attempt, worker);
  await unlink(join(root, "out", "deep", "a.sh"));
  await writeFile(join(root, "x.log"), "changed since");
  await writeFile(join(root, "out", "mine.txt"), "mine");
  expect((await once(root, attempt, worker)).kinds).toEqual(["hit"]);
  const { mode } = await stat(join(root, "out", "deep", "a.sh"));
  expect([mode & 0o100, await readFile(join(root, "x.log"), "utf8"), worker.runs()]).toEqual([
    0o100,
    "log",
    1,
  ]);
  expect(await readFile(join(root, "out", "mine.txt"), "utf8")).toBe("mine");
});

test("with another file among its outputs the stage runs again: what was kept does not have it", async () => {
  const root = await emptyFolder();
  const worker = giving(1, async () => {
    await writeFile(join(root, "a.txt"), "a");
    await writeFile(join(root, "b.txt"), "b");
  });
  const kinds = [];
  for (const outputs of [["a.txt"], ["a.txt", "b.txt"], ["a.txt", "b.txt"], ["a.txt"]])
    kinds.push((await once(root, { ...ATTEMPT, cache: { ...CACHE, outputs } }, worker)).kinds);
  expect(kinds).toEqual([["miss", "stored"], ["miss", "stored"], ["hit"], ["hit"]]);
});

test("nothing is put where a link leads out of the workspace: the stage runs", async () => {
  const [root, outside] = [await emptyFolder(), await emptyFolder()];
  const attempt = { ...ATTEMPT, cache: { ...CACHE, outputs: ["out"] } };
  const worker = giving(1, async () => {
    await mkdir(join(root, "out"), { recursive: true });
    await writeFile(join(root, "out", "a.txt"), "a");
  });
  await once(root, attempt, worker);
  await rename(join(root, "out"), join(root, "was"));
  await symlink(outside, join(root, "out"));
  const { outcomes } = await once(root, attempt, worker);
  expect(outcomes).toEqual([
    { kind: "not-stored", reason: "a link leads out of the workspace where its outputs belong" },
  ]);
  // What the stage itself does there is its own affair.
  expect(worker.runs()).toBe(2);
});

test("a pattern that names settings, pipelines or code with what it means keeps nothing: a hit would undo edits", async () => {
  const root = await emptyFolder();
  for (const path of ["components/x.ts", "sub/p.pipeline.json", ".vscode/tasks.json", "sub/flowmason.json"]) {
    const attempt = { ...ATTEMPT, cache: { ...CACHE, outputs: ["**"] } };
    const worker = giving(1, async () => {
      await mkdir(join(root, path, ".."), { recursive: true });
      await writeFile(join(root, path), "old");
    });
    const { outcomes } = await once(root, attempt, worker);
    expect(outcomes[1]).toEqual({
      kind: "not-stored",
      reason: `its outputs name ${path}, which is not a stage's to write. Narrow them`,
    });
    await rm(join(root, path));
  }
  expect(await entriesOf(root)).toEqual([]);
});

test("nor does one that names the folder that flowmason.json has for components", async () => {
  const root = await emptyFolder();
  const manifest = { name: "t", components: { include: ["parts/**/*.ts"] } };
  await writeFile(join(root, "flowmason.json"), JSON.stringify(manifest));
  await mkdir(join(root, "parts"));
  const attempt = { ...ATTEMPT, cache: { ...CACHE, outputs: ["parts/*"] } };
  const worker = giving(1, () => writeFile(join(root, "parts", "x.json"), "old"));
  const { outcomes } = await once(root, attempt, worker);
  expect(outcomes[1]).toMatchObject({ kind: "not-stored", reason: expect.stringContaining("parts/x.json") });
});

test("a link in the place of a file is replaced: what it leads to stays as it is", async () => {
  const [root, outside] = [await emptyFolder(), await emptyFolder()];
  const attempt = { ...ATTEMPT, cache: { ...CACHE, outputs: ["a.sh"] } };
  const worker = giving(1, () => writeFile(join(root, "a.sh"), "same", { mode: 0o755 }));
  await once(root, attempt, worker);
  await unlink(join(root, "a.sh"));
  await writeFile(join(outside, "theirs"), "same", { mode: 0o644 });
  await symlink(join(outside, "theirs"), join(root, "a.sh"));
  expect((await once(root, attempt, worker)).kinds).toEqual(["hit"]);
  const [theirs, ours] = [await stat(join(outside, "theirs")), await lstat(join(root, "a.sh"))];
  expect([theirs.mode & 0o777, ours.isSymbolicLink()]).toEqual([0o644, false]);
});

test.skipIf(process.platform === "win32")(
  "a pipe in the place of a file of the cache is waited for by nobody",
  async () => {
    const root = await emptyFolder();
    await once(root, ATTEMPT, giving(1));
    const [entry = ""] = await entriesOf(root);
    const key = join(root, ".flowmason", "cache", "key");
    await unlink(entry);
    execFileSync("mkfifo", [entry]);
    expect(await keptFor(root, CACHE.group)).toEqual([]);
    await unlink(key);
    execFileSync("mkfifo", [key]);
    expect((await once(root, ATTEMPT, giving(1))).kinds).toEqual(["miss", "stored"]);
  },
);

test("without one of its outputs, or with a directive, nothing is kept, and it is said why", async () => {
  const root = await emptyFolder();
  const lacking = await once(root, { ...ATTEMPT, cache: { ...CACHE, outputs: ["out/*.txt"] } }, giving(1));
  expect(lacking.outcomes[1]).toEqual({
    kind: "not-stored",
    reason: 'it wrote no file that is "out/*.txt" of its outputs',
  });
  const setting: Executor = {
    run: (_attempt, emit) =>
      emit({
        kind: "succeeded",
        output: 1,
        directive: { kind: "set-variables", variables: [], overwrite: true },
      }),
  };
  expect((await once(root, ATTEMPT, setting)).kinds).toEqual(["miss", "not-stored"]);
  expect(await entriesOf(root)).toEqual([]);
});
