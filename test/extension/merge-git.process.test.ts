import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { indexStages, NotUtf8 } from "../../extension/merge/index-stages.ts";
import { operationIn } from "../../extension/merge/operation.ts";
import { gitIn } from "../../extension/merge/run-git.ts";

const name = "pipelines/my notes.pipeline.json";
const written = (prompt: string): string =>
  `${JSON.stringify({ name: "notes", stages: [{ id: "ask", component_type: "generator", config: { prompt } }] }, null, 2)}\n`;

/** A repository with a file that main and feature have changed, each in its own way. */
function repository() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "flowmason-merge-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const settings = [
    "user.name=Ada",
    "user.email=ada@example.com",
    "init.defaultBranch=main",
    "core.autocrlf=false",
  ];
  const run = (...args: readonly string[]): string =>
    execFileSync("git", [...settings.flatMap((each) => ["-c", each]), ...args], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, GIT_EDITOR: "true", GIT_CONFIG_NOSYSTEM: "1", HOME: folder },
      stdio: ["ignore", "pipe", "pipe"],
    });
  /** Git ends with 1 where it leaves conflicts. */
  const conflicting = (...args: readonly string[]): void => expect(() => run(...args)).toThrow();
  const write = (text: string): void => writeFileSync(path.join(folder, name), text);
  const commit = (message: string): void => {
    run("add", "--all");
    run("commit", "--quiet", "--message", message);
  };
  execFileSync("mkdir", ["-p", path.join(folder, "pipelines")]);
  run("init", "--quiet");
  write(written("Say it."));
  commit("Ask");
  run("checkout", "--quiet", "-b", "feature");
  write(written("Say it twice."));
  commit("Ask twice");
  run("checkout", "--quiet", "main");
  write(written("Say it once."));
  commit("Ask once");
  return { folder, run, conflicting, write, commit, git: gitIn("git", folder) };
}

test("DM-10 a file full of markers is read as Git's index has it, wherever Git is asked from", async () => {
  const { conflicting, git, folder } = repository();
  conflicting("merge", "feature");
  const stages = {
    base: written("Say it."),
    ours: written("Say it once."),
    theirs: written("Say it twice."),
  };
  expect(await indexStages(git, name)).toEqual(stages);
  expect(await indexStages(gitIn("git", path.join(folder, "pipelines")), name)).toEqual(stages);
  expect(await indexStages(git, "other.pipeline.json")).toBeNull();
});

test("DM-10 a version that is not UTF-8 is refused: as a text it would lose letters in silence", async () => {
  const { conflicting, run, commit, git, folder } = repository();
  writeFileSync(path.join(folder, name), Buffer.from(written("Caf\u00e9 once."), "latin1"));
  commit("In Latin");
  conflicting("merge", "feature");
  await expect(indexStages(git, name)).rejects.toThrow(new NotUtf8("ours"));
  run("merge", "--abort");
  writeFileSync(path.join(folder, name), written("Caf\u00e9 \ufffd once."));
  commit("In UTF-8");
  conflicting("merge", "feature");
  expect(await indexStages(git, name)).toMatchObject({ ours: written("Caf\u00e9 \ufffd once.") });
});

test("DM-10 a byte order mark is no part of what a version says", async () => {
  const { conflicting, commit, write, git } = repository();
  write(`\ufeff${written("Say it thrice.")}`);
  commit("With a mark");
  conflicting("merge", "feature");
  expect(await indexStages(git, name)).toMatchObject({ ours: written("Say it thrice.") });
});

test("DM-14 a file that both sides added has no base, and one that a side removed has no such side", async () => {
  const { run, conflicting, commit, git, folder } = repository();
  run("rm", "--quiet", name);
  commit("Ask no more");
  conflicting("merge", "feature");
  expect(await indexStages(git, name)).toEqual({
    base: written("Say it."),
    ours: null,
    theirs: written("Say it twice."),
  });
  run("merge", "--abort");
  const added = "added.pipeline.json";
  writeFileSync(path.join(folder, added), "{}");
  commit("Add here");
  run("checkout", "--quiet", "feature");
  writeFileSync(path.join(folder, added), '{ "name": "there" }');
  commit("Add there");
  conflicting("merge", "main");
  expect(await indexStages(git, added)).toEqual({ base: null, ours: '{ "name": "there" }', theirs: "{}" });
});

test("DM-19 each side is called what it is in a merge, a rebase, a cherry-pick, a revert and a stash", async () => {
  const { run, conflicting, write, commit, git } = repository();
  conflicting("merge", "feature");
  expect(await operationIn(git)).toMatchObject({
    name: "Merge",
    ours: { name: "main" },
    theirs: { name: "feature" },
  });
  run("merge", "--abort");

  run("checkout", "--quiet", "feature");
  conflicting("rebase", "main");
  // In a rebase the sides are the other way round: ours is what one's own commit is put onto.
  expect(await operationIn(git)).toMatchObject({
    name: "Rebase",
    ours: { name: "main", role: "what feature is put onto" },
    theirs: { name: expect.stringMatching(/^[0-9a-f]+ Ask twice$/), role: "your commit of feature" },
  });
  run("rebase", "--abort");

  run("checkout", "--quiet", "main");
  conflicting("cherry-pick", "feature");
  expect(await operationIn(git)).toMatchObject({
    name: "Cherry-pick",
    ours: { name: "main" },
    theirs: { name: expect.stringMatching(/ Ask twice$/) },
  });
  run("cherry-pick", "--abort");

  write(written("Say it thrice."));
  commit("Ask thrice");
  conflicting("revert", "--no-edit", "HEAD~1");
  expect(await operationIn(git)).toMatchObject({
    name: "Revert",
    theirs: { name: expect.stringMatching(/^before [0-9a-f]+ Ask once$/) },
  });
  run("revert", "--abort");

  write(written("Say it now."));
  run("stash", "--quiet");
  write(written("Say it later."));
  commit("Ask later");
  conflicting("stash", "pop");
  expect(await operationIn(git)).toMatchObject({
    name: "Stash",
    ours: { name: "main", role: "what is there" },
    theirs: { name: "stashed changes", role: "what is put back" },
  });
});
