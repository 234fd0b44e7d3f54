import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isAsGitMarkedIt } from "../../extension/merge/conflict-markers.ts";
import { indexStages } from "../../extension/merge/index-stages.ts";
import { gitIn } from "../../extension/merge/run-git.ts";

const name = "p.pipeline.json";

/** Stages with these messages, so far apart that Git has conflicts of their own in them. */
function written(...messages: readonly string[]): string {
  const stages = messages.map((message, index) => ({
    id: `s${index}`,
    component_type: "logger",
    name: `Stage ${index}`,
    config: { message, level: "info", data: { of: index } },
    depends_on: index === 0 ? [] : [`s${index - 1}`],
  }));
  return `${JSON.stringify({ name: "p", stages }, null, 2)}\n`;
}

async function conflict(style: string, algorithm: string) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "flowmason-markers-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const settings = [
    "user.name=Ada",
    "user.email=a@b.c",
    "init.defaultBranch=main",
    `merge.conflictStyle=${style}`,
    "core.autocrlf=false",
  ];
  const run = (...args: readonly string[]): string =>
    execFileSync("git", [...settings.flatMap((each) => ["-c", each]), ...args], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, GIT_CONFIG_NOSYSTEM: "1", HOME: folder },
      stdio: ["ignore", "pipe", "pipe"],
    });
  const commit = (text: string): void => {
    writeFileSync(path.join(folder, name), text);
    run("add", "--all");
    run("commit", "--quiet", "--message", "m");
  };
  run("init", "--quiet");
  commit(written("a", "b", "c", "d"));
  run("checkout", "--quiet", "-b", "feature");
  commit(written("theirs a", "b", "theirs c", "theirs d"));
  run("checkout", "--quiet", "main");
  commit(written("ours a", "ours b", "ours c", "d"));
  expect(() => run("merge", `-Xdiff-algorithm=${algorithm}`, "feature")).toThrow();
  const stages = await indexStages(gitIn("git", folder), name);
  if (stages === null) throw new Error("Git has no conflict.");
  return { stages, text: readFileSync(path.join(folder, name), "utf8") };
}

test.each([
  ["merge", "histogram"],
  ["diff3", "myers"],
  ["merge", "patience"],
])(
  "DM-10 a file as Git marked it (%s, %s) is told from one in which somebody solved a conflict",
  async (style, algorithm) => {
    const { stages, text } = await conflict(style, algorithm);
    expect(text.match(/^<{7} /gm)).toHaveLength(2);
    expect(isAsGitMarkedIt(text, stages)).toBe(true);
    expect(isAsGitMarkedIt(text.replaceAll("\n", "\r\n"), stages)).toBe(true);
    const solved = (by: string): string => text.replace(/^<{7} [^]*?^>{7} .*\n/m, by);
    for (const by of [
      '        "message": "ours a",\n',
      '        "message": "theirs a",\n',
      '        "message": "x",\n',
      "",
    ])
      expect(isAsGitMarkedIt(solved(by), stages)).toBe(false);
    // Somebody has put both into it.
    expect(isAsGitMarkedIt(text.replace(/^(?:<{7} |={7}|\|{7}|>{7} ).*\n/gm, ""), stages)).toBe(false);
    expect(isAsGitMarkedIt(text.replace('"Stage 3"', '"Third"'), stages)).toBe(false);
    expect(isAsGitMarkedIt(text.replace(/^=======\n/m, ""), stages)).toBe(false);
  },
);

test("DM-14 where both sides added a file, it is as Git marked it too", () => {
  const stages = { base: null, ours: "{\n  1\n}\n", theirs: "{\n  2\n}\n" };
  expect(isAsGitMarkedIt("{\n<<<<<<< HEAD\n  1\n=======\n  2\n>>>>>>> x\n}\n", stages)).toBe(true);
  expect(isAsGitMarkedIt("{\n  1\n}\n", stages)).toBe(false);
});
