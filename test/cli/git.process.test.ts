import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, temporaryFolder } from "../support/fm.ts";

const file = "p.pipeline.json";

interface Said {
  readonly code: number | null;
  readonly text: string;
}

interface Repository {
  readonly cwd: string;
  readonly git: (...args: readonly string[]) => Said;
  readonly write: (text: string) => void;
  readonly read: () => string;
  /** Writes the file and commits it. */
  readonly commit: (text: string, message: string) => void;
}

const stage = (id: string, message: string): object => ({
  id,
  component_type: "logger",
  config: { message },
});

function pipeline(one: string, two: string, ...more: readonly object[]): string {
  return `${JSON.stringify({ name: "p", stages: [stage("one", one), stage("two", two), ...more] }, null, 2)}\n`;
}

const base = pipeline("1", "2");

function inLine(text: string): string {
  return JSON.stringify(JSON.parse(text));
}

/** A repository with the driver set up, and the file committed on main. */
async function repository(text: string | null = base): Promise<Repository> {
  const cwd = await temporaryFolder();
  const made = repositoryAt(cwd);
  made.git("init", "-q", "-b", "main");
  expect(await fm(["git", "install"], { cwd })).toMatchObject({ code: 0 });
  if (text === null) {
    writeFileSync(join(cwd, "readme"), "x");
    made.git("add", "-A");
    made.git("commit", "-qm", "base");
  } else {
    made.commit(text, "base");
  }
  return made;
}

function repositoryAt(cwd: string): Repository {
  const git = (...args: readonly string[]): Said => {
    const said = spawnSync(
      "git",
      ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgSign=false", ...args],
      {
        cwd,
        encoding: "utf8",
        env: {
          PATH: process.env["PATH"] ?? "",
          HOME: cwd,
          // Not in the repository, which is home here.
          NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? "",
          GIT_EDITOR: "true",
          GIT_CONFIG_NOSYSTEM: "1",
        },
      },
    );
    return { code: said.status, text: said.stdout + said.stderr };
  };
  const write = (text: string): void => writeFileSync(join(cwd, file), text);
  return {
    cwd,
    git,
    write,
    read: () => readFileSync(join(cwd, file), "utf8"),
    commit: (text, message) => {
      write(text);
      git("add", "-A");
      expect(git("commit", "-qm", message).code).toBe(0);
    },
  };
}

/** Commits theirs on a branch and ours on main. */
function part({ git, commit }: Repository, ours: string, theirs: string): void {
  git("checkout", "-qb", "theirs");
  commit(theirs, "theirs");
  git("checkout", "-q", "main");
  commit(ours, "ours");
}

function decisionsOf({ git, cwd }: Repository): {
  readonly labels: { readonly ours: string; readonly theirs: string };
  readonly decisions: readonly object[];
} {
  const name = `${createHash("sha256").update(file).digest("hex")}.json`;
  const path = git(
    "rev-parse",
    "--path-format=absolute",
    "--git-path",
    `flowmason/conflicts/${name}`,
  ).text.trim();
  return JSON.parse(readFileSync(join(cwd, path.startsWith(cwd) ? path.slice(cwd.length) : path), "utf8"));
}

/** What Git calls the sides; before 2.44 it does not tell. */
const [, major = "0", minor = "0"] =
  /(\d+)\.(\d+)/.exec(spawnSync("git", ["--version"], { encoding: "utf8" }).stdout) ?? [];
const labels =
  Number(major) * 100 + Number(minor) >= 244
    ? { ours: "HEAD", theirs: expect.stringContaining("theirs") }
    : { ours: "ours", theirs: "theirs" };

const patience = 240_000;

test("DM-13 git merge: what both changed is merged, where Git alone has a conflict", {
  timeout: patience,
}, async () => {
  const made = await repository();
  part(made, pipeline("ours", "2", stage("mine", "m")), pipeline("1", "theirs", stage("yours", "y")));
  expect(made.git("merge", "-q", "theirs")).toMatchObject({ code: 0 });
  expect(made.read()).toBe(pipeline("ours", "theirs", stage("mine", "m"), stage("yours", "y")));
});

test("DM-09 a conflict in git merge: Git knows, the file is valid, and fm validate fails until git add", {
  timeout: patience,
}, async () => {
  const made = await repository();
  part(made, pipeline("ours", "2"), pipeline("theirs", "changed"));
  const merged = made.git("merge", "theirs");
  expect(merged.code).toBe(1);
  expect(merged.text).toContain('Both sides changed config.message of the stage "one"');
  expect(made.git("status", "--short").text).toContain(`UU ${file}`);
  expect(made.read()).toBe(pipeline("ours", "changed"));
  expect(decisionsOf(made).decisions).toMatchObject([{ ours: "ours", theirs: "theirs" }]);
  const invalid = await fm(["validate", file], { cwd: made.cwd });
  expect(invalid).toMatchObject({ code: 1 });
  expect(invalid.stdout).toContain("settle the file with git add");
  made.git("add", file);
  expect(await fm(["validate", file], { cwd: made.cwd })).toMatchObject({ code: 0 });
  expect(made.git("commit", "-qm", "merged").code).toBe(0);
});

test("DM-19 rebase, cherry-pick and stash pop merge too, and sides have Git's names for them", {
  timeout: patience,
}, async () => {
  const made = await repository();
  part(made, pipeline("ours", "2"), pipeline("theirs", "changed"));
  // What Git fills in for these is the name of ours and of theirs; one before 2.44 leaves them as they are.
  const { text: driver } = made.git("config", "merge.pipeline.driver");
  expect(driver).toMatch(/ --ours-label %X --theirs-label %Y\n$/);
  made.git("checkout", "-q", "theirs");
  expect(made.git("rebase", "main").code).not.toBe(0);
  // In a rebase, what is replayed onto is ours, and the commit that is replayed is theirs.
  expect(decisionsOf(made)).toMatchObject({
    labels,
    decisions: [{ ours: "ours", theirs: "theirs" }],
  });
  expect(made.read()).toBe(pipeline("ours", "changed"));
  made.git("rebase", "--abort");
  made.git("checkout", "-q", "main");
  expect(made.git("cherry-pick", "theirs").code).not.toBe(0);
  expect(decisionsOf(made)).toMatchObject({
    labels,
  });
  made.git("cherry-pick", "--abort");
  made.write(pipeline("ours", "stashed"));
  made.git("stash");
  made.commit(pipeline("again", "2"), "again");
  expect(made.git("stash", "pop").code).toBe(0);
  expect(made.read()).toBe(pipeline("again", "stashed"));
});

test("DM-13 a worktree has decisions of its own", { timeout: patience }, async () => {
  const made = await repository();
  part(made, pipeline("ours", "2"), pipeline("theirs", "2"));
  const other = join(made.cwd, "other");
  made.git("worktree", "add", "-q", other, "-b", "side", "main");
  const there = repositoryAt(other);
  expect(there.git("merge", "theirs").code).toBe(1);
  expect(await fm(["validate", file], { cwd: other })).toMatchObject({ code: 1 });
  expect(await fm(["validate", file], { cwd: made.cwd })).toMatchObject({ code: 0 });
});

test("DM-13 histories that cross merge, and both-added files do", { timeout: patience }, async () => {
  const made = await repository();
  const { git, commit } = made;
  part(made, pipeline("ours", "2"), pipeline("1", "theirs"));
  git("branch", "old-main");
  expect(git("merge", "-qm", "one", "theirs").code).toBe(0);
  git("checkout", "-q", "theirs");
  expect(git("merge", "-qm", "other", "old-main").code).toBe(0);
  commit(pipeline("ours", "theirs", stage("three", "3")), "three");
  git("checkout", "-q", "main");
  commit(pipeline("ours", "theirs", stage("four", "4")), "four");
  expect(git("merge", "-qm", "crossed", "theirs")).toMatchObject({ code: 0 });
  expect(made.read()).toBe(pipeline("ours", "theirs", stage("four", "4"), stage("three", "3")));
  const added = await repository(null);
  part(added, pipeline("1", "2"), pipeline("1", "2", stage("three", "3")));
  expect(added.git("merge", "-qm", "added", "theirs")).toMatchObject({ code: 0 });
  expect(added.read()).toBe(pipeline("1", "2", stage("three", "3")));
});

test("DM-13 a file that is no pipeline is a conflict and stays as ours has it; git diff shows what changed", {
  timeout: patience,
}, async () => {
  const made = await repository();
  part(made, pipeline("ours", "2"), "{ broken");
  const merged = made.git("merge", "theirs");
  expect(merged.code).toBe(1);
  expect(merged.text).toContain(`The file is as ${labels.ours} has it.`);
  const undecided = await fm(["validate", file], { cwd: made.cwd });
  expect(undecided.code).toBe(1);
  expect(undecided.stdout).toContain(`The file is as ${labels.ours} has it.`);
  expect(made.read()).toBe(pipeline("ours", "2"));
  made.git("merge", "--abort");
  made.write(JSON.stringify(JSON.parse(pipeline("ours", "new"))));
  const { text } = made.git("diff");
  expect(text.split("\n").filter((line) => /^[+-] /.test(line))).toEqual([
    '-  config.message: "2"',
    '+  config.message: "new"',
  ]);
});

test("DM-13 a command in a folder with a percent sign is found by Git's driver", {
  timeout: patience,
}, async () => {
  const made = await repository();
  const folder = join(await temporaryFolder(), "100%Programs");
  mkdirSync(folder);
  writeFileSync(join(folder, "fm"), `#!/bin/sh\necho "$1 $6"\nexit 1\n`, { mode: 0o755 });
  const command = `'${folder}/fm'`;
  expect(await fm(["git", "install", "--command", command], { cwd: made.cwd })).toMatchObject({ code: 0 });
  part(made, pipeline("ours", "2"), pipeline("theirs", "2"));
  expect(made.git("merge", "theirs").text).toContain(`merge ${file}`);
});

test("DM-13 decisions of a file deep in a repository are kept too", { timeout: patience }, async () => {
  const made = await repository();
  const folder = Array.from({ length: 4 }, (_, level) => `${level}`.repeat(60)).join("/");
  mkdirSync(join(made.cwd, folder), { recursive: true });
  made.git("mv", file, folder);
  made.git("commit", "-qm", "deep");
  const deep = join(made.cwd, folder, file);
  const commit = (text: string): void => {
    writeFileSync(deep, text);
    made.git("commit", "-qam", "deep");
  };
  made.git("checkout", "-qb", "theirs");
  commit(pipeline("theirs", "theirs"));
  made.git("checkout", "-q", "main");
  commit(pipeline("ours", "2"));
  expect(made.git("merge", "theirs").code).toBe(1);
  expect(readFileSync(deep, "utf8")).toBe(pipeline("ours", "theirs"));
  const left = await fm(["validate", `${folder}/${file}`], { cwd: made.cwd });
  expect(left.stdout).toContain("A merge left a decision open.");
});

/** Two branches that changed the same value, and one, `removed`, that has the file no more. */
async function repositoryWithRemoval(): ReturnType<typeof repository> {
  const made = await repository();
  made.git("checkout", "-qb", "removed");
  made.git("rm", "-q", file);
  made.git("commit", "-qm", "removed");
  made.git("checkout", "-q", "main");
  part(made, pipeline("ours", "2"), pipeline("theirs", "2"));
  return made;
}

test("DM-09 fm validate fails for a conflict of Git's in a pipeline that nobody has merged", {
  timeout: patience,
}, async () => {
  const made = await repositoryWithRemoval();
  const validated = (): ReturnType<typeof fm> => fm(["validate", file], { cwd: made.cwd });
  expect(made.git("merge", "removed").code).toBe(1);
  const { code, stdout } = await validated();
  expect(code).toBe(1);
  expect(stdout).toContain(`Git has a conflict in ${file}`);
  made.git("add", file);
  expect(await validated()).toMatchObject({ code: 0 });
  made.git("merge", "--abort");
  // Where the driver cannot be started, Git leaves what ours has, with no word of what theirs did.
  made.git("config", "merge.pipeline.driver", "/nowhere/fm %O %A %B");
  expect(made.git("merge", "theirs").code).toBe(1);
  expect(made.read()).toBe(pipeline("ours", "2"));
  expect(await validated()).toMatchObject({ code: 1 });
});

test("DM-09 what was open in a merge that was given up is not told of another conflict", {
  timeout: patience,
}, async () => {
  const made = await repositoryWithRemoval();
  const said = async (): Promise<string> => (await fm(["validate", file], { cwd: made.cwd })).stdout;
  expect(made.git("merge", "theirs").code).toBe(1);
  expect(await said()).toContain('config.message of the stage "one"');
  made.git("merge", "--abort");
  expect(made.git("merge", "removed").code).toBe(1);
  const removed = await said();
  expect(removed).toContain(`Git has a conflict in ${file}`);
  expect(removed).not.toContain("config.message");
});

test("DM-13 where no decisions can be kept, that is said and nothing is lost", {
  timeout: patience,
}, async () => {
  const made = await repository();
  part(made, pipeline("ours", "2"), pipeline("theirs", "2"));
  writeFileSync(join(made.cwd, ".git", "flowmason"), "");
  const merged = made.git("merge", "theirs");
  expect(merged.code).toBe(1);
  expect(merged.text).toContain(`${file} could not be merged: `);
  expect(merged.text).toContain(`. The file is as ${labels.ours} has it.`);
  expect(made.read()).toBe(pipeline("ours", "2"));
  expect(await fm(["validate", file], { cwd: made.cwd })).toMatchObject({ code: 1 });
});

test("DM-13 git mergetool settles a conflict, and setting up twice or for all repositories changes nothing else", {
  timeout: patience,
}, async () => {
  const made = await repository();
  writeFileSync(join(made.cwd, ".git", "info", "attributes"), "");
  // In one line, any two changes are a conflict for Git.
  made.commit(inLine(base), "in a line");
  part(made, inLine(pipeline("ours", "2")), inLine(pipeline("1", "theirs")));
  expect(made.git("merge", "theirs").code).toBe(1);
  expect(made.git("mergetool", "-y", "-t", "pipeline", file)).toMatchObject({ code: 0 });
  expect(made.read()).toBe(inLine(pipeline("ours", "theirs")));
  for (const _ of [1, 2])
    expect(
      await fm(["git", "install", "--global", "--command", "fm"], { cwd: made.cwd, env: { HOME: made.cwd } }),
    ).toMatchObject({ code: 0 });
  const path = join(made.cwd, ".config", "git", "attributes");
  expect(readFileSync(path, "utf8")).toBe("*.pipeline.json merge=pipeline diff=pipeline\n");
  expect(readFileSync(join(made.cwd, ".gitconfig"), "utf8")).toContain("recursive = binary");
  const outside = await temporaryFolder();
  const refused = await fm(["git", "install"], { cwd: outside });
  expect(refused.code).toBe(2);
  expect(refused.stderr).not.toBe("");
  expect(existsSync(join(outside, ".git"))).toBe(false);
});

test("DM-13 git mergetool leaves what it could merge, with ours where it could not, and no markers", {
  timeout: patience,
}, async () => {
  const made = await repository();
  writeFileSync(join(made.cwd, ".git", "info", "attributes"), "");
  part(made, pipeline("ours", "2"), pipeline("theirs", "2", stage("three", "3")));
  expect(made.git("merge", "theirs").code).toBe(1);
  expect(made.read()).toContain("<<<<<<<");
  const used = made.git("mergetool", "-y", "-t", "pipeline", file);
  expect(used.code).not.toBe(0);
  // Git takes the tool's word, and asks nobody whether it was of use.
  expect(used.text).not.toContain("Was the merge successful");
  expect(made.read()).toBe(pipeline("ours", "2", stage("three", "3")));
  expect(made.git("ls-files", "--unmerged").text).not.toBe("");
  const checked = await fm(["validate", file], { cwd: made.cwd });
  expect(checked.code).toBe(1);
  expect(checked.stdout).toContain("A merge left a decision open.");
});

test("git diff shows what is other in bytes that are not UTF-8", async () => {
  const { cwd, git } = await repository();
  writeFileSync(join(cwd, file), base.replace("1", "\xe9"), "latin1");
  git("commit", "-am", "one");
  writeFileSync(join(cwd, file), base.replace("1", "\xfc"), "latin1");
  const { text } = git("diff");
  expect(text).toMatch(/^-.*é/m);
  expect(text).toMatch(/^\+.*ü/m);
});
