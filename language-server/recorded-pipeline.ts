import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isJsonObject } from "#core/pipeline";
import { openRunStore, RunStoreError, readRunFile, readWorkspace, runFolder } from "#host";
import type { RunPipelineAnswer } from "#protocol";

/**
 * The text that the pipeline of a recorded run had as it ran. `folder` is a URI in the run's workspace. Throws an error
 * with a message for people where the record has none.
 */
export async function recordedPipeline(folder: string, runId: string): Promise<RunPipelineAnswer> {
  const found = await readWorkspace(fileURLToPath(folder));
  if (!found.ok) throw new RunStoreError(found.message);
  const kept = await runFolder(await openRunStore(found.workspace.root), runId);
  if (kept === undefined) throw new RunStoreError(`The run ${runId} is not there any longer.`);
  const { recorded } = await readRunFile(join(kept, "journal.ndjson"));
  const [first] = recorded.events;
  const started = first?.kind === "run-started" ? first : undefined;
  const sources = started?.sources === undefined ? undefined : recorded.value(started.sources);
  const path = started?.pipeline.path ?? null;
  const text = isJsonObject(sources) ? sources[path ?? ""] : undefined;
  if (typeof text !== "string")
    throw new RunStoreError(`The record of the run ${runId} does not hold the text of its pipeline.`);
  return { text, path };
}
