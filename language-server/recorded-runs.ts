import { fileURLToPath } from "node:url";
import { forkFamily, type InspectedRun, listRuns, openRunStore, RunStoreError, readWorkspace } from "#host";
import type { FamilyRow, ListedRun, RunsAnswer } from "#protocol";

/**
 * The newest recorded runs of the workspace that a folder, a URI, is in. Throws an error with a message for people where
 * they cannot be looked at.
 */
export async function recordedRuns(folder: string, limit: number): Promise<RunsAnswer> {
  const found = await readWorkspace(fileURLToPath(folder));
  if (!found.ok) throw new RunStoreError(found.message);
  const { root } = found.workspace;
  const { runs, total } = await listRuns(await openRunStore(root), limit);
  return {
    root,
    total,
    runs: runs.map(listedRun),
  };
}

/**
 * The tree of forks that a run is in, of the workspace that a folder, a URI, is in. Throws an error with a message for
 * people.
 */
export async function recordedFamily(folder: string, runId: string): Promise<readonly FamilyRow[]> {
  const found = await readWorkspace(fileURLToPath(folder));
  if (!found.ok) throw new RunStoreError(found.message);
  const rows = await forkFamily(await openRunStore(found.workspace.root), runId);
  return rows.map(({ runId: id, run, depth }) => ({
    runId: id,
    run: run === null ? null : listedRun(run),
    depth,
  }));
}

function listedRun({ runId, status, summary }: InspectedRun): ListedRun {
  const { pipeline, startedAt, finishedAt, failure, fork } = summary;
  return {
    runId,
    status,
    pipeline: pipeline?.name ?? null,
    startedAt,
    finishedAt,
    failedAt: failure?.stage ?? null,
    fork,
  };
}
