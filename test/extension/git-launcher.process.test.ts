import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installGitMerge, launcherIn, refreshLauncher } from "#extension";
import { fmEntry, temporaryFolder } from "../support/fm.ts";

const target = { node: process.execPath, fm: fmEntry };
const patience = 240_000;

const pipeline = (one: string, two: string): string => {
  const stage = (id: string, message: string): object => ({
    id,
    component_type: "logger",
    config: { message },
  });
  return `${JSON.stringify({ name: "p", stages: [stage("one", one), stage("two", two)] }, null, 2)}\n`;
};

type Git = (...args: readonly string[]) => { readonly code: number | null; readonly text: string };

function gitIn(cwd: string): Git {
  return (...args) => {
    const identity = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgSign=false"];
    const said = spawnSync("git", [...identity, ...args], {
      cwd,
      encoding: "utf8",
      env: { PATH: process.env["PATH"] ?? "", HOME: cwd, GIT_CONFIG_NOSYSTEM: "1" },
    });
    return { code: said.status, text: said.stdout + said.stderr };
  };
}

test("Git merges by the launcher that its settings name, in a folder with a blank and a quote in its name", {
  timeout: patience,
}, async () => {
  const storage = join(await temporaryFolder(), "Ann's code");
  const launcher = launcherIn(storage);
  const folder = await temporaryFolder();
  const git = gitIn(folder);
  git("init", "-q", "-b", "main");
  const installed = await installGitMerge({ kind: "repository", folder }, launcher, target);
  expect(installed).toEqual({ ok: true, message: expect.stringContaining(".git/info/attributes") });
  expect(git("config", "merge.pipeline.driver").text).toContain("Ann'\\''s code/bin/fm' merge");

  const file = join(folder, "p.pipeline.json");
  const commit = (text: string, message: string): void => {
    writeFileSync(file, text);
    git("add", "-A");
    expect(git("commit", "-qm", message).code).toBe(0);
  };
  commit(pipeline("1", "2"), "base");
  git("checkout", "-qb", "theirs");
  commit(pipeline("1", "theirs"), "theirs");
  git("checkout", "-q", "main");
  commit(pipeline("ours", "2"), "ours");
  expect(git("merge", "-q", "theirs")).toMatchObject({ code: 0 });
  expect(readFileSync(file, "utf8")).toBe(pipeline("ours", "theirs"));
});

test("an updated extension's fm is started once the launcher is refreshed; until then it says what to do", {
  timeout: patience,
}, async () => {
  const storage = await temporaryFolder();
  const launcher = launcherIn(storage);
  await refreshLauncher(launcher, target);
  expect(existsSync(launcher)).toBe(false);

  const folder = await temporaryFolder();
  gitIn(folder)("init", "-q");
  await installGitMerge({ kind: "repository", folder }, launcher, target);
  const start = (): ReturnType<typeof spawnSync> =>
    spawnSync("sh", [launcher, "--version"], { encoding: "utf8" });
  await refreshLauncher(launcher, { ...target, fm: join(storage, "gone", "cli.mjs") });
  const gone = start();
  expect(gone.status).toBe(2);
  expect(gone.stderr).toContain("Open a pipeline in VS Code once");
  await refreshLauncher(launcher, target);
  const back = start();
  expect({ status: back.status, stderr: back.stderr }).toEqual({ status: 0, stderr: "" });
  expect(back.stdout).toMatch(/\d+\.\d+\.\d+/);
});

test("a folder without a repository is refused in Git's words", { timeout: patience }, async () => {
  const folder = join(await temporaryFolder(), "plain");
  await mkdir(folder);
  const launcher = launcherIn(await temporaryFolder());
  const { ok, message } = await installGitMerge({ kind: "repository", folder }, launcher, target);
  expect(ok).toBe(false);
  expect(message).toMatch(/Git says/);
});
