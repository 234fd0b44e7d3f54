import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { UnusableInput } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { decisionsInGit, GitRefusal } from "../git-process.ts";
import { reasonOf } from "../read-file.ts";
import { printable, type Terminal } from "../terminal.ts";
import { keepDecisions, keepRefusal, type MergeInGit, type SideLabels } from "./decision-file.ts";
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
  const names = {
    base: `${path} (base)`,
    ours: `${path} (${labels.ours})`,
    theirs: `${path} (${labels.theirs})`,
  };
  try {
    const { kept, nameOf } = await decisionsInGit(cwd, path);
    const origin: MergeInGit = {
      kind: "git",
      versions: { ours: nameOf(texts.ours), theirs: nameOf(texts.theirs) },
    };
    const merged = mergedOrWhyNot(texts, names);
    if (typeof merged === "string") {
      const message = `${merged} The file is as ${labels.ours} has it.`;
      await keepRefusal(kept, path, labels, message, origin);
      err.write(
        `${printable(message)} Take over by hand what ${labels.theirs} changed, then settle it with git add.\n`,
      );
      return exitCode.no;
    }
    const open = merged.decisions.filter(({ state }) => state === "open");
    await keepDecisions(kept, path, labels, open, origin);
    await writeFile(resolve(cwd, target), merged.text);
    for (const { message } of open) err.write(`${printable(`${path}: ${message}`)}\n`);
    return open.length === 0 ? exitCode.done : exitCode.no;
  } catch (error) {
    err.write(
      `${printable(path)} could not be merged: ${whyNot(error)}. The file is as ${labels.ours} has it.\n`,
    );
    return exitCode.no;
  }
}

/** Why Git's folder or its file for the result cannot be used. */
function whyNot(error: unknown): string {
  if (error instanceof GitRefusal) return error.message;
  if (error instanceof Error && "code" in error && "path" in error) return reasonOf(error);
  throw error;
}

/** The merge, or which side is no pipeline. */
function mergedOrWhyNot(
  texts: MergedTexts,
  names: Parameters<typeof mergeTexts>[2],
): ReturnType<typeof mergeTexts> | string {
  try {
    return mergeTexts(texts, {}, names);
  } catch (error) {
    if (error instanceof UnusableInput) return error.message;
    throw error;
  }
}
