import { forkOutcome } from "#core/journal";
import type { SweptRun } from "#protocol";
import { readRecorded } from "./recorded-pipeline.ts";

/** Characters of an output that a table has room for. */
const ROOM = 500;

/**
 * What came of forks of the workspace that a folder, a URI, is in. Throws an error with a message for people where a
 * record cannot be read.
 */
export async function forkOutcomes(
  folder: string,
  runs: readonly string[],
  stage: string,
): Promise<readonly SweptRun[]> {
  return await Promise.all(
    runs.map(async (runId): Promise<SweptRun> => {
      const recorded = await readRecorded(folder, runId);
      const { status, failure, stageOutput, durationMs, usage } = forkOutcome(recorded, stage);
      const { calls, inputTokens, outputTokens, uncountedCalls, costUsd, unpricedCalls } = usage;
      const output = typeof stageOutput === "string" ? stageOutput : JSON.stringify(stageOutput);
      return {
        runId,
        status,
        failure,
        output: output === undefined ? null : cut(output),
        durationMs,
        tokens: calls === 0 || uncountedCalls > 0 ? null : inputTokens + outputTokens,
        costUsd: calls === 0 || unpricedCalls > 0 ? null : costUsd,
      };
    }),
  );
}

function cut(text: string): string {
  return text.length > ROOM ? `${text.slice(0, ROOM)}… (${text.length} characters)` : text;
}
