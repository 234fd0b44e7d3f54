import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readGitBlob } from "../../extension/comparison/git-blob.ts";
import { temporaryFolder } from "../support/fm.ts";

async function repository(): Promise<{ readonly root: string; git(...args: readonly string[]): void }> {
  const root = await temporaryFolder();
  const git = (...args: readonly string[]): void => {
    const author = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
    execFileSync("git", [...author, ...args], { cwd: root, stdio: "ignore" });
  };
  git("init", "-b", "main");
  return { root, git };
}

test("a file is read as it was committed, also where Git shows something else of it", async () => {
  const { root, git } = await repository();
  await mkdir(join(root, "flows"));
  await writeFile(join(root, "flows/a b.pipeline.json"), '{ "name": "für" }\n');
  await writeFile(join(root, ".gitattributes"), "*.pipeline.json diff=pipeline\n");
  git("config", "diff.pipeline.textconv", "echo outline of");
  git("add", ".");
  git("commit", "-m", "first");
  const read = (revision: string, path: string) => readGitBlob("git", root, revision, path);
  const committed = { kind: "text", text: '{ "name": "für" }\n' };
  expect(await read("HEAD", "flows/a b.pipeline.json")).toEqual(committed);
  expect(await read("main", "flows/a b.pipeline.json")).toEqual(committed);
});

test("a file that is not there, a revision that is not, and a repository without a commit are told apart", async () => {
  const { root, git } = await repository();
  const read = (revision: string, path: string) => readGitBlob("git", root, revision, path);
  expect(await read("HEAD", "a.json")).toEqual({ kind: "no-revision" });
  await writeFile(join(root, "b.json"), "{}");
  git("add", ".");
  git("commit", "-m", "first");
  await writeFile(join(root, "a.json"), "{}");
  expect(await read("HEAD", "a.json")).toEqual({ kind: "no-file" });
  expect(await read("HEAD", "nowhere.json")).toEqual({ kind: "no-file" });
  expect(await read("other", "b.json")).toEqual({ kind: "no-revision" });
  expect(await read("--batch", "b.json")).toEqual({ kind: "no-revision" });
  expect(await readGitBlob(join(root, "no-git"), root, "HEAD", "b.json")).toMatchObject({ kind: "failed" });
});
