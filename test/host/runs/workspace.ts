import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type RecordOptions, type RunRecording, recordRun } from "#host";

/** An empty folder for one test. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fm-runs-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Begins a record in a workspace; it is closed with the test at the latest. */
export async function recordIn(
  workspaceRoot: string,
  options: Partial<RecordOptions> = {},
): Promise<RunRecording> {
  const record = await recordRun({
    workspaceRoot,
    program: "a test",
    keep: "in-workspace",
    copy: null,
    retention: { keep: 1000, maxBytes: Number.POSITIVE_INFINITY, maxAgeMs: null },
    ...options,
  });
  onTestFinished(() => record.close().catch(() => {}));
  return record;
}
