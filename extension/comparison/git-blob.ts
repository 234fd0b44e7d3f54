import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** What Git has of a file in a revision. */
export type GitBlob =
  | { readonly kind: "text"; readonly text: string }
  /** The revision has no such file. */
  | { readonly kind: "no-file" }
  /** There is no such revision; of `HEAD`: nothing was committed yet. */
  | { readonly kind: "no-revision" }
  | { readonly kind: "failed"; readonly message: string };

/**
 * Asks Git for the text of a file in a revision, or in its index where that is "", whose path is from the repository's root, with `/`. It is the text as it
 * was committed: `git show`, which VS Code's Git extension uses, gives what `fm git outline` makes of it where
 * `fm git install` has set that up.
 */
export async function readGitBlob(
  git: string,
  root: string,
  revision: string,
  path: string,
): Promise<GitBlob> {
  // What begins with a dash would be an option.
  if (revision.startsWith("-")) return { kind: "no-revision" };
  try {
    const { stdout } = await promisify(execFile)(git, ["cat-file", "blob", `${revision}:${path}`], {
      cwd: root,
      maxBuffer: MOST,
      env: { ...process.env, LC_ALL: "C" },
    });
    return { kind: "text", text: stdout.startsWith("\uFEFF") ? stdout.slice(1) : stdout };
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    if (/does not exist (?:in|\(neither)|exists on disk, but not in/.test(said)) return { kind: "no-file" };
    if (/not a valid object name|invalid object name/i.test(said)) return { kind: "no-revision" };
    return { kind: "failed", message: said.replace(/^fatal: /, "") };
  }
}

const MOST = 256 * 1024 * 1024;
