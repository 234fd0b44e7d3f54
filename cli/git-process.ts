import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";

/** Runs Git and gives what it says. Throws with Git's own words where it refuses. */
export async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("git", [...args], { cwd, maxBuffer: MOST });
    return stdout;
  } catch (error) {
    throw new GitRefusal(wordsOf(error), { cause: error });
  }
}

/** Git is not there, or does not do what it is asked. */
export class GitRefusal extends Error {}

const MOST = 256 * 1024 * 1024;

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "ENOENT")
    return "Git cannot be started: it is not installed, or there is no such folder";
  const said =
    "stderr" in error
      ? String(error.stderr)
          .trim()
          .replace(/^fatal: /, "")
      : "";
  return said === "" ? error.message : `Git says: ${said}`;
}

/** Where the open decisions of a file are kept, and how Git names what a file has in it. */
export interface GitDecisions {
  readonly kept: string;
  /** What Git's index calls a version of these bytes. */
  readonly nameOf: (bytes: Uint8Array) => string;
}

/**
 * Where the open decisions of a file are kept in Git's own folder, which each worktree has one of. The name is as long for any
 * path, and not another's in other letters: file systems have limits, and some make no difference between these.
 */
export async function decisionsInGit(cwd: string, path: string): Promise<GitDecisions> {
  const name = `flowmason/conflicts/${createHash("sha256").update(path).digest("hex")}.json`;
  const asked = ["--show-object-format", "--path-format=absolute", "--git-path", name];
  const said = (await git(cwd, "rev-parse", ...asked)).trimEnd();
  const end = said.indexOf("\n");
  const format = said.slice(0, end).trimEnd();
  return {
    kept: said.slice(end + 1),
    nameOf: (bytes) => createHash(format).update(`blob ${bytes.length}\0`).update(bytes).digest("hex"),
  };
}
