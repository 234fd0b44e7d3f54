import { forkOutcome, outputsOfStage } from "#core/journal";
import type { SweptRun } from "#protocol";
import { readableText } from "./readable-text.ts";
import { readRecorded } from "./recorded-pipeline.ts";

/** Characters of an output that a table has room for, and rounds of a stage. */
const ROOM = 20_000;
const ROUNDS = 10;

/**
 * What came of forks of the workspace that a folder, a URI, is in; `stage` is looked at, by its id in the file. Throws an error with a message for people where a
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
      const { status, failure, durationMs, usage } = forkOutcome(recorded, null);
      const { calls, inputTokens, outputTokens, uncountedCalls, costUsd, unpricedCalls } = usage;
      const outputs = outputsOfStage(recorded, stage);
      return {
        runId,
        status,
        failure,
        outputs: outputs
          .slice(0, ROUNDS)
          .map(({ address, output }) => ({ address, ...readableText(output, ROOM) })),
        moreOutputs: Math.max(0, outputs.length - ROUNDS),
        durationMs,
        tokens: calls === 0 || uncountedCalls > 0 ? null : inputTokens + outputTokens,
        costUsd: calls === 0 || unpricedCalls > 0 ? null : costUsd,
      };
    }),
  );
}
