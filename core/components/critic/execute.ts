import type * as z from "zod";
import { askForJson, offlineNotice } from "../ask-for-json.ts";
import { implementWaiting } from "../implementation.ts";
import { critic } from "./definition.ts";

const { strengths, improvements, criterion_scores } = critic.output.shape;

/** Everything but the verdict, which is ours. Lists that a model leaves out are empty. */
const judgement = critic.output.omit({ passes_threshold: true }).extend({
  strengths: strengths.default([]),
  improvements: improvements.default([]),
  criterion_scores: criterion_scores.default({}),
});

/** Score from which a text is good enough, and the same in strict mode. */
const threshold = { usual: 0.7, strict: 0.8 };

/** Has the text judged. */
export const criticImplementation = implementWaiting(critic, async (call, signal) => {
  const { content, criteria, context, rubric, strict_mode } = call.inputs;
  const task = [
    `Judge this text:\n\n${content}`,
    criteria === undefined ? "" : `Judge it by:\n${criteria.join("\n")}`,
    Object.keys(rubric).length === 0 ? "" : `What a good text does, by criterion: ${JSON.stringify(rubric)}`,
    context === undefined ? "" : `To know besides: ${context}`,
  ];
  const role = `You judge texts${strict_mode ? " severely" : ""}, honestly and concretely.`;
  const result = await askForJson(
    call,
    {
      role,
      task: task.filter(Boolean).join("\n\n"),
      answer: judgement,
      offline: () => unjudged([...(criteria ?? []), ...Object.keys(rubric)]),
    },
    signal,
  );
  if (!result.ok) return result;
  const passes = result.answer.score >= (strict_mode ? threshold.strict : threshold.usual);
  return { ok: true, output: { ...result.answer, passes_threshold: passes } };
});

/** The least of each scale, so that nothing passes for good that nobody looked at. */
function unjudged(criteria: readonly string[]): z.output<typeof judgement> {
  return {
    overall_rating: "poor",
    score: 0,
    feedback: `${offlineNotice}. The score is 0 because there is none.`,
    strengths: [],
    improvements: [],
    criterion_scores: Object.fromEntries(criteria.map((criterion) => [criterion, 0])),
  };
}
