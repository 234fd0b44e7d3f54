import { mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Choice, Decision } from "#core/merge";
import { writeWhole } from "#host";

/** What Git, or whoever merges, calls the sides. */
export interface SideLabels {
  readonly ours: string;
  readonly theirs: string;
}

/** Decisions as a document: what has no value has no key. */
export function decisionDocuments(decisions: readonly Decision[]): readonly object[] {
  return decisions.map(({ id, state, reason, stage, path, base, ours, theirs, message, resolutions }) => ({
    id,
    state,
    reason,
    stage,
    path,
    message,
    ...(base === undefined ? {} : { base }),
    ...(ours === undefined ? {} : { ours }),
    ...(theirs === undefined ? {} : { theirs }),
    resolutions,
  }));
}

/** What a merge was of, for whoever finds what it left open. */
export type MergeOrigin = MergeAgain | MergeInGit;

/** What it takes to make a merge again: VS Code's view decides what is open with it, wherever the three files are by then. */
export interface MergeAgain {
  readonly kind: "texts";
  readonly texts: { readonly base: string | null; readonly ours: string; readonly theirs: string };
  readonly choices: ReadonlyMap<string, Choice>;
}

/** Git's index has the three texts, by these names: another conflict in the file has others. */
export interface MergeInGit {
  readonly kind: "git";
  readonly versions: { readonly ours: string; readonly theirs: string };
}

/** Writes the open decisions of a merge down, or removes what an earlier one left where there are none. */
export async function keepDecisions(
  path: string,
  file: string,
  labels: SideLabels,
  open: readonly Decision[],
  origin: MergeOrigin,
): Promise<void> {
  if (open.length === 0) await rm(path, { force: true });
  else await write(path, { file, labels, decisions: decisionDocuments(open), ...originDocument(origin) });
}

function originDocument(origin: MergeOrigin): object {
  switch (origin.kind) {
    case "git":
      return { versions: origin.versions };
    case "texts":
      return {
        choices: Array.from(origin.choices, ([decision, choice]) => ({ decision, choice })),
        texts: origin.texts,
      };
  }
}

/** Writes down that a file could not be merged at all, which is left to decide as a whole. */
export async function keepRefusal(
  path: string,
  file: string,
  labels: SideLabels,
  message: string,
  origin: MergeInGit,
): Promise<void> {
  const decisions = [{ id: "", state: "open", reason: "unreadable", message }];
  await write(path, { file, labels, decisions, ...originDocument(origin) });
}

async function write(path: string, document: object): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeWhole(path, `${JSON.stringify({ version: 1, ...document }, null, 2)}\n`, "replace");
}
