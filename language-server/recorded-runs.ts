import { fileURLToPath } from "node:url";
import { listRuns, openRunStore, RunStoreError, readWorkspace } from "#host";
import type { RunsAnswer } from "#protocol";

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
    runs: runs.map(({ runId, status, summary: { pipeline, startedAt, finishedAt, failure, fork } }) => ({
      runId,
      status,
      pipeline: pipeline?.name ?? null,
      startedAt,
      finishedAt,
      failedAt: failure?.stage ?? null,
      fork,
    })),
  };
}
