import { checkPipeline } from "#core/checks";
import { parsePipeline } from "#core/pipeline";
import type { Decision } from "./decision.ts";
import { type MergeOptions, type MergeResult, mergePipelines } from "./merge-pipelines.ts";

/**
 * {@link mergePipelines}, and a look at a result of which nothing is open: an error of a kind that neither side has came of
 * both changes together, in a way that no rule knew, and is an open decision, whichever side is favored. Where a value of
 * somebody's own was chosen nothing is looked at: an error may come of that. It costs a check of all three.
 */
export function mergeAndCheck(
  base: string | null,
  ours: string,
  theirs: string,
  options: MergeOptions = {},
): MergeResult {
  const result = mergePipelines(base, ours, theirs, options);
  if (!result.ok || result.text === ours || result.text === theirs) return result;
  if (result.decisions.some(({ state }) => state === "open")) return result;
  if ([...(options.choices?.values() ?? [])].some((choice) => typeof choice === "object")) return result;
  const errors = errorsOf(result.text);
  if (errors.length === 0) return result;
  const had = new Set([ours, theirs].flatMap(errorsOf).map(({ code }) => code));
  const made = new Map<string, Decision>();
  for (const { code, stage = null, message } of errors) {
    const id = `problem:${code}:${stage ?? ""}`;
    if (had.has(code) || made.has(id)) continue;
    made.set(id, {
      id,
      state: options.choices?.has(id) === true ? "chosen" : "open",
      reason: "problem-of-both",
      stage,
      path: [],
      base: undefined,
      ours: undefined,
      theirs: undefined,
      message: `With both changes there is an error that neither side has. Take both and put it right in the result, or decide another thing otherwise: ${message}`,
      resolutions: ["both"],
    });
  }
  return made.size === 0 ? result : { ...result, decisions: [...result.decisions, ...made.values()] };
}

function errorsOf(text: string): ReturnType<typeof checkPipeline>["problems"] {
  return checkPipeline(parsePipeline(text)).problems.filter(({ severity }) => severity === "error");
}
