import { resolve } from "node:path";
import { findRun, openRunStore, type RunStore, RunStoreError, readWorkspace, type Workspace } from "#host";
import { type CommandLine, UnusableInput } from "../command.ts";
import { reasonOf } from "../read-file.ts";
import { printable, type Terminal } from "../terminal.ts";

/** How many ids a message names at most. */
const SHOWN = 5;

/** The recorded runs that a command is about. */
export interface WorkspaceRuns {
  readonly workspace: Workspace;
  readonly store: RunStore;
}

/** The runs of the workspace that --folder names, or of the one around. Throws {@link UnusableInput}. */
export async function workspaceRuns(line: CommandLine, { cwd }: Terminal): Promise<WorkspaceRuns> {
  const result = await readWorkspace(resolve(cwd, line.text("folder") ?? ""));
  if (!result.ok) throw new UnusableInput(result.message);
  const { workspace } = result;
  return { workspace, store: await usable(openRunStore(workspace.root)) };
}

/** The id of the run that a name leads to. Throws {@link UnusableInput}. */
export async function idOfRun({ workspace, store }: WorkspaceRuns, name: string): Promise<string> {
  const found = await usable(findRun(store, name));
  switch (found.kind) {
    case "found":
      return found.runId;
    case "none":
      throw new UnusableInput(
        `There is no run ${printable(name)} in ${workspace.root}. fm runs lists those that there are.`,
      );
    case "ambiguous":
      throw new UnusableInput(
        `The ids of several runs begin or end with ${printable(name)}: ${listed(found.runIds)}. Write more of the id.`,
      );
  }
}

/** The newest of many: a year's runs are no help. */
function listed(runIds: readonly string[]): string {
  const more = runIds.length - SHOWN;
  const newest = runIds.toSorted().toReversed().slice(0, SHOWN).join(", ");
  return more > 0 ? `${newest} and ${more} more` : newest;
}

/** What work on recorded runs gives; what the store or the system refuses is {@link UnusableInput}. */
export async function usable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof RunStoreError) throw new UnusableInput(error.message);
    if (error instanceof Error && "code" in error && "syscall" in error)
      throw new UnusableInput(`A record cannot be used: ${reasonWith(error)}.`);
    throw error;
  }
}

/** The words, and after them what the system says itself, which names the file. */
function reasonWith(error: Error): string {
  const reason = reasonOf(error);
  return reason === error.message ? reason : `${reason} (${error.message})`;
}
