import { type RunRecording, RunStoreError, recordRun, retentionOf } from "#host";
import type { LaunchArguments } from "#protocol";
import { adapterErrors } from "./adapter-error.ts";
import type { PreparedLaunch } from "./prepare-launch.ts";

/** Begins the record of a run, unless the launch wants none. Throws {@link adapterErrors.cannotRecord}. */
export async function openRecord(
  { record }: LaunchArguments,
  { workspace }: PreparedLaunch,
): Promise<RunRecording> {
  const keep = record === false ? "nowhere" : "in-workspace";
  try {
    return await recordRun({
      workspaceRoot: workspace.root,
      program: "a debug session",
      keep,
      copy: null,
      retention: retentionOf(workspace.manifest.runs),
    });
  } catch (error) {
    if (error instanceof RunStoreError) throw adapterErrors.cannotRecord(error.message);
    throw error;
  }
}
