import { existsSync } from "node:fs";
import { access, constants, realpath, rm, stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Decision } from "#core/merge";
import { writeWhole } from "#host";
import { UnusableInput } from "../command.ts";
import { reasonOf } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";
import { keepDecisions, type MergeAgain, type SideLabels } from "./decision-file.ts";

/**
 * Writes what was merged to `path`, whole or not at all, and the open decisions beside it. At no time is there a file in
 * which something is open with nothing beside it that says so. A pipe, a terminal and `/dev/null` are no files that something could lie
 * beside. Throws {@link UnusableInput}.
 */
export async function writeMerged(
  path: string,
  text: Buffer,
  labels: SideLabels,
  open: readonly Decision[],
  made: () => MergeAgain,
  { cwd, err }: Terminal,
): Promise<void> {
  const beside = `${resolve(cwd, path)}.conflicts.json`;
  try {
    const target = await writable(resolve(cwd, path));
    if (!target.isFile) return await writeFile(target.path, text);
    if (open.length > 0) await keepDecisions(beside, path, labels, open, made());
    await writeWhole(target.path, text.toString("utf8"), "replace");
    if (open.length === 0) await rm(beside, { force: true });
  } catch (error) {
    const folder = dirname(path);
    const reason = existsSync(resolve(cwd, folder)) ? reasonOf(error) : `there is no folder ${folder}`;
    throw new UnusableInput(`${path} cannot be written: ${reason}.`);
  }
  if (open.length > 0)
    err.write(
      `Decide what is open in ${path}, where it is as ours has it, then remove ${path}.conflicts.json. Or merge again with --choose ID=theirs and the like for each, or in VS Code with Merge Pipeline… on ${path}.conflicts.json.\n`,
    );
}

interface Target {
  /** Through symbolic links. */
  readonly path: string;
  /** Whether another file can take its place. */
  readonly isFile: boolean;
}

/** What can be written to at a path. Rejects with the system's errors where nothing can. */
async function writable(path: string): Promise<Target> {
  const before = await stat(path).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  });
  if (before === null) {
    await access(dirname(path), constants.W_OK);
    return { path, isFile: true };
  }
  if (before.isDirectory()) throw Object.assign(new Error("it is a folder"), { code: "EISDIR" });
  // What such a path leads to may have no path of its own.
  if (!before.isFile()) return { path, isFile: false };
  const real = await realpath(path);
  // Renaming asks nobody whether the file may be written.
  await access(real, constants.W_OK);
  return { path: real, isFile: true };
}
