import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Choice, Decision } from "#core/merge";

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

/** What it takes to make a merge again: VS Code's view decides what is open with it, wherever the three files are by then. */
export interface MergeAgain {
  readonly texts: { readonly base: string | null; readonly ours: string; readonly theirs: string };
  readonly choices: ReadonlyMap<string, Choice>;
}

/**
 * Writes the open decisions of a merge down, or removes what an earlier one left where there are none. Under Git `again` is
 * null: its index has the three texts.
 */
export async function keepDecisions(
  path: string,
  file: string,
  labels: SideLabels,
  open: readonly Decision[],
  again: MergeAgain | null,
): Promise<void> {
  if (open.length === 0) {
    await rm(path, { force: true });
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  const rest =
    again === null
      ? {}
      : {
          choices: Array.from(again.choices, ([decision, choice]) => ({ decision, choice })),
          texts: again.texts,
        };
  const document = { version: 1, file, labels, decisions: decisionDocuments(open), ...rest };
  await writeFile(path, `${JSON.stringify(document, null, 2)}\n`);
}
