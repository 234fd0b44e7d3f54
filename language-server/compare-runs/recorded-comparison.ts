import type { RunComparisonAnswer } from "#protocol";
import { readRecorded } from "../recorded-pipeline.ts";
import { answerRunComparison } from "./answer-run-comparison.ts";

/**
 * Compares two recorded runs of the workspace that a folder, a URI, is in. Throws an error with a message for people
 * where one of them cannot be read.
 */
export async function recordedComparison(
  folder: string,
  before: string,
  after: string,
): Promise<RunComparisonAnswer> {
  const [was, is] = await Promise.all([readRecorded(folder, before), readRecorded(folder, after)]);
  return answerRunComparison(was, is);
}
