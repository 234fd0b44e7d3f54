import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Runs Git in a folder and gives what it prints. Throws what it says on its standard error. */
export type RunGit = (args: readonly string[]) => Promise<string>;

const MOST = 256 * 1024 * 1024;

/** Git's words are English, since some are read here. */
export function gitIn(git: string, folder: string): RunGit {
  const run = promisify(execFile);
  return async (args) => {
    const env = { ...process.env, LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0" };
    const { stdout } = await run(git, [...args], { cwd: folder, maxBuffer: MOST, env });
    return stdout;
  };
}

/** What it prints, in a line; null where Git refuses, as it does for what is not there. */
export async function lineOf(git: RunGit, args: readonly string[]): Promise<string | null> {
  try {
    return (await git(args)).trim();
  } catch {
    // Git says "no" and "not there" with the same exit code; whoever asks goes on without.
    return null;
  }
}
