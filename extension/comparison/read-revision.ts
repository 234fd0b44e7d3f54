import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import type * as vscode from "vscode";
import { Refusal } from "../edge.ts";
import { repositoryOf } from "./git-extension.ts";

/**
 * The text of a file in a revision; null where that has no such file. Git is asked for the bytes themselves: what the Git
 * extension shows of a revision is what `fm git outline` makes of it, where `fm git install` has set that up. Throws a
 * {@link Refusal} that says why it cannot be read.
 */
export async function readRevision(file: vscode.Uri, revision: string): Promise<string | null> {
  const { repository, git } = await repositoryOf(file);
  const root = repository.rootUri.fsPath;
  const name = path.relative(root, file.fsPath).split(path.sep).join("/");
  // What begins with a dash would be an option.
  if (revision.startsWith("-")) throw new Refusal(`"${revision}" is no revision.`);
  try {
    const run = promisify(execFile);
    const { stdout } = await run(git, ["cat-file", "blob", `${revision}:${name}`], {
      cwd: root,
      maxBuffer: MOST,
      env: { ...process.env, LC_ALL: "C" },
    });
    return stdout.startsWith("\uFEFF") ? stdout.slice(1) : stdout;
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    if (/does not exist in|exists on disk, but not in/.test(said)) return null;
    if (/[Nn]ot a valid object name|invalid object name/.test(said))
      throw new Refusal(
        revision === "HEAD"
          ? "The repository has no commit yet, so that there is nothing to compare with."
          : `The repository has no revision "${revision}".`,
      );
    throw new Refusal(`${name} cannot be read in ${revision}. Git says: ${said.replace(/^fatal: /, "")}`);
  }
}

const MOST = 256 * 1024 * 1024;
