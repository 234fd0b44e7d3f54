import { access, constants, realpath, stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Decision } from "#core/merge";
import { writeWhole } from "#host";
import { UnusableInput } from "../command.ts";
import { reasonOf } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";
import { keepDecisions, type MergeAgain, type SideLabels } from "./decision-file.ts";

/**
 * Writes what was merged to `path`, whole or not at all, and the open decisions beside it. At no time is there a file in
 * which something is open with nothing beside it that says so. Throws {@link UnusableInput}.
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
    if (open.length > 0) await keepDecisions(beside, path, labels, open, made());
    await target.write(text);
    if (open.length === 0) await keepDecisions(beside, path, labels, open, null);
  } catch (error) {
    throw new UnusableInput(`${path} cannot be written: ${reasonOf(error)}.`);
  }
  if (open.length > 0)
    err.write(
      `Decide what is open in ${path}, where it is as ours has it, then remove ${path}.conflicts.json. Or merge again with --choose ID=theirs and the like for each, or in VS Code with Merge Pipeline… on ${path}.conflicts.json.\n`,
    );
}

interface Target {
  write(text: Buffer): Promise<void>;
}

/** What can be written to at a path, through symbolic links. Rejects with the system's errors where nothing can. */
async function writable(path: string): Promise<Target> {
  const before = await stat(path).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  });
  if (before === null) {
    await access(dirname(path), constants.W_OK);
    return { write: (text) => writeWhole(path, text.toString("utf8"), "replace") };
  }
  if (before.isDirectory()) throw Object.assign(new Error("it is a folder"), { code: "EISDIR" });
  const real = await realpath(path);
  // Renaming asks nobody whether the file may be written.
  await access(real, constants.W_OK);
  // A pipe or a terminal has no place that another file could take.
  if (!before.isFile()) return { write: (text) => writeFile(real, text) };
  return { write: (text) => writeWhole(real, text.toString("utf8"), "replace") };
}
