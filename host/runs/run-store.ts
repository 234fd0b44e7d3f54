import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { orMissing } from "../inside.ts";
import { journalName } from "./run-file.ts";
import { isRunId } from "./run-id.ts";
import { findRunsFolder } from "./runs-folder.ts";

/** The recorded runs of a workspace. */
export interface RunStore {
  /** An absolute path. */
  readonly workspaceRoot: string;
  /** The real path of the folder that has a folder for each run; null where none was ever recorded. */
  readonly folder: string | null;
}

/** Looks where the runs of a workspace are; makes nothing. Rejects with {@link RunStoreError} where they are not safe. */
export async function openRunStore(workspaceRoot: string): Promise<RunStore> {
  return { workspaceRoot, folder: (await findRunsFolder(workspaceRoot)) ?? null };
}

/** The ids of all recorded runs, in no order. */
export async function runIds({ folder }: RunStore): Promise<readonly string[]> {
  if (folder === null) return [];
  const entries = (await orMissing(readdir(folder, { withFileTypes: true }))) ?? [];
  // A link may lead anywhere.
  return entries.filter((entry) => entry.isDirectory() && isRunId(entry.name)).map(({ name }) => name);
}

/** The folder of a recorded run; undefined where there is none, or where a link stands for it. */
export async function runFolder({ folder }: RunStore, runId: string): Promise<string | undefined> {
  if (folder === null || !isRunId(runId)) return undefined;
  const path = join(folder, runId);
  if ((await orMissing(lstat(path)))?.isDirectory() !== true) return undefined;
  return (await orMissing(lstat(join(path, journalName))))?.isFile() === true ? path : undefined;
}
