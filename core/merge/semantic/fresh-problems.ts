import { checkPipeline } from "#core/checks";
import { parsePipeline } from "#core/pipeline";
import type { PipelineContent } from "../content/content.ts";
import { contentToJson } from "../content/content-to-json.ts";

/** What is wrong in a pipeline. */
export interface ToldProblem {
  readonly stage?: string;
  readonly code: string;
  readonly message: string;
}

/** An expression that names no stage. */
export const UNKNOWN_STAGE = "FM1203";

/** What is wrong where a stage reads what another is not or does not give: unknown stages and fields, stages of a loop, types. */
const ABOUT_OUTPUTS: ReadonlySet<string> = new Set([UNKNOWN_STAGE, "FM1204", "FM1207", "FM1220"]);

/** What is wrong in a pipeline with what its stages read, and in none of the others, as those that it was merged from. */
export function freshProblems(
  merged: PipelineContent,
  others: readonly PipelineContent[],
): readonly ToldProblem[] {
  const told = new Set(others.flatMap(problemsOf).map(textOf));
  return problemsOf(merged).filter((problem) => !told.has(textOf(problem)));
}

function problemsOf(content: PipelineContent): readonly ToldProblem[] {
  const { problems } = checkPipeline(parsePipeline(JSON.stringify(contentToJson(content).json)));
  return problems.filter(({ code }) => ABOUT_OUTPUTS.has(code));
}

function textOf({ stage = "", code, message }: ToldProblem): string {
  return JSON.stringify([stage, code, message]);
}
