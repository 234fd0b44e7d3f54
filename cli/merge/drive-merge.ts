import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { UnusableInput } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { decisionsInGit, GitRefusal } from "../git-process.ts";
import type { Terminal } from "../terminal.ts";
import { keepDecisions, type SideLabels } from "./decision-file.ts";
import { type MergedTexts, mergeTexts } from "./merge-files.ts";

/** One file that Git merges. */
export interface DrivenMerge {
  /** Where the file is in the repository. */
  readonly path: string;
  /** Git's own file with ours, which takes the result. */
  readonly target: string;
  readonly texts: MergedTexts;
  readonly labels: SideLabels;
}

/**
 * Is Git's merge driver: the result takes the place of ours, open decisions go to Git's own folder, and the exit code
 * tells Git that there are some. A file that is no pipeline is left as ours has it, and is a conflict: markers in it
 * would make it unreadable.
 */
export async function driveMerge(
  { path, target, texts, labels }: DrivenMerge,
  terminal: Terminal,
): Promise<ExitCode> {
  const { cwd, err } = terminal;
  try {
    const names = {
      base: `${path} (base)`,
      ours: `${path} (${labels.ours})`,
      theirs: `${path} (${labels.theirs})`,
    };
    const { text, decisions } = mergeTexts(texts, {}, names);
    const open = decisions.filter(({ state }) => state === "open");
    await keepDecisions(await decisionsInGit(cwd, path), path, labels, open, null);
    await writeFile(resolve(cwd, target), text);
    for (const { message } of open) err.write(`${path}: ${message}\n`);
    return open.length === 0 ? exitCode.done : exitCode.no;
  } catch (error) {
    if (!(error instanceof UnusableInput || error instanceof GitRefusal)) throw error;
    err.write(`${error.message} The file is as ${labels.ours} has it.\n`);
    return exitCode.no;
  }
}
