import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { RecordedRun } from "#core/journal";
import { systemReason } from "#core/ports";
import {
  findRun,
  openRunStore,
  RunStoreError,
  readRecordFile,
  readRunFile,
  readWorkspace,
  runFolder,
} from "#host";
import { adapterErrors } from "../adapter-error.ts";

/** A recorded run, and the workspace that the paths in it are relative to. */
export interface FoundRecord {
  readonly recorded: RecordedRun;
  /** What names it later too: `latest` may be another run by then. The id of a run, or the absolute path of a file. */
  readonly name: string;
  /** Absolute. */
  readonly root: string;
}

/**
 * Reads the record that a launch names: a file, as a run writes it or `fm export`, or a run of the workspace around
 * `cwd`: its id, the beginning or the end of one, or `latest`. Throws {@link adapterErrors.unusableRecord}.
 */
export async function findRecord(replay: string, cwd: string): Promise<FoundRecord> {
  const around = await readWorkspace(cwd);
  if (!around.ok) throw adapterErrors.unusableWorkspace(around.message);
  const { root } = around.workspace;
  try {
    const path = resolve(cwd, replay);
    const kind = await kindOf(path);
    if (kind === "file") return { recorded: await readRecordFile(path), name: path, root };
    if (kind === "folder")
      return { recorded: await readRecordFile(join(path, "journal.ndjson")), name: path, root };
    return { ...(await readStored(replay, root)), root };
  } catch (error) {
    if (error instanceof RunStoreError)
      throw adapterErrors.unusableRecord(`${replay} cannot be looked at. ${error.message}`);
    if (!(error instanceof Error && "code" in error)) throw error;
    throw adapterErrors.unusableRecord(`${replay} cannot be read: ${systemReason(error)}.`);
  }
}

async function kindOf(path: string): Promise<"file" | "folder" | "nothing"> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch {
    return "nothing";
  }
}

async function readStored(name: string, root: string): Promise<Omit<FoundRecord, "root">> {
  const store = await openRunStore(root);
  const found = await findRun(store, name);
  switch (found.kind) {
    case "found": {
      const folder = await runFolder(store, found.runId);
      if (folder === undefined) throw new RunStoreError("It was just removed.");
      return { ...(await readRunFile(join(folder, "journal.ndjson"))), name: found.runId };
    }
    case "none":
      throw new RunStoreError(
        `There is no such file, and no such run in ${root}. fm runs lists those that there are.`,
      );
    case "ambiguous":
      throw new RunStoreError(
        `The ids of ${found.runIds.length} runs begin or end so. Write more of the id.`,
      );
  }
}
