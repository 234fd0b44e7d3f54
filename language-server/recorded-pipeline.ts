import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RecordedRun } from "#core/journal";
import { isJsonObject } from "#core/pipeline";
import { openRunStore, RunStoreError, readRunFile, readWorkspace, runFolder } from "#host";
import type { RunPipelineAnswer } from "#protocol";

/**
 * The text that the pipeline of a recorded run had as it ran. `folder` is a URI in the run's workspace. Throws an error
 * with a message for people where the record has none.
 */
export async function recordedPipeline(folder: string, runId: string): Promise<RunPipelineAnswer> {
  const recorded = await readRecorded(folder, runId);
  const text = recordedText(recorded);
  if (text === null)
    throw new RunStoreError(`The record of the run ${runId} does not hold the text of its pipeline.`);
  return { text, path: pathIn(recorded) };
}

/** A recorded run of the workspace that a folder, a URI, is in. Throws an error with a message for people. */
export async function readRecorded(folder: string, runId: string): Promise<RecordedRun> {
  const found = await readWorkspace(fileURLToPath(folder));
  if (!found.ok) throw new RunStoreError(found.message);
  const kept = await runFolder(await openRunStore(found.workspace.root), runId);
  if (kept === undefined) throw new RunStoreError(`The run ${runId} is not there any longer.`);
  const { recorded } = await readRunFile(join(kept, "journal.ndjson"));
  const problem = recorded.problems.at(-1);
  if (problem !== undefined && recorded.format === "other")
    throw new RunStoreError(`The record of the run ${runId} cannot be read. ${problem.message}`);
  return recorded;
}

/** The text that a record has of its pipeline; null where it has none, as one that was made of traces. */
export function recordedText(recorded: RecordedRun): string | null {
  const started = startOf(recorded);
  const sources = started?.sources === undefined ? undefined : recorded.value(started.sources);
  const text = isJsonObject(sources) ? sources[pathIn(recorded) ?? ""] : undefined;
  return typeof text === "string" ? text : null;
}

function pathIn(recorded: RecordedRun): string | null {
  return startOf(recorded)?.pipeline.path ?? null;
}

function startOf({ events: [first] }: RecordedRun) {
  return first?.kind === "run-started" ? first : undefined;
}
