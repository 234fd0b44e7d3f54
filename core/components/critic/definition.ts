import * as z from "zod";
import { defineComponent } from "../define.ts";
import { anyObject, modelFields } from "../fields.ts";

/** A judgement of a text by a language model (facts, section 3). */
export const critic = defineComponent({
  type: "critic",
  kind: "node",
  category: "ai",
  title: "Critic",
  description:
    "Has a language model judge a text by criteria: a score, strengths, and what to improve. With the provider offline nobody judges: the score is 0, and the feedback says so.",
  icon: "comment-discussion",
  color: "purple",
  input: z.object({
    content: z.string().describe("The text to judge."),
    criteria: z.array(z.string()).optional().describe("What to judge it by; one text is a list of one."),
    context: z.string().optional().describe("What the judge should know besides."),
    rubric: anyObject.default({}).describe("Criterion -> what a good text does."),
    strict_mode: z
      .boolean()
      .default(false)
      .describe("Judge severely, and pass from a score of 0.8 instead of 0.7."),
    ...modelFields,
  }),
  output: z.object({
    overall_rating: z
      .enum(["excellent", "good", "acceptable", "needs_improvement", "poor"])
      .describe("The judgement in one word."),
    score: z.number().min(0).max(1).describe("The judgement as a number, 1 being best."),
    feedback: z.string().describe("The judgement in words."),
    strengths: z.array(z.string()).describe("What is good."),
    improvements: z.array(z.string()).describe("What to do better."),
    criterion_scores: z.record(z.string(), z.number()).describe("Criterion -> score."),
    passes_threshold: z.boolean().describe("Whether the text is good enough."),
  }),
  outputAliases: { content: ["feedback"] },
  requiresModel: true,
  timeoutMs: 60_000,
});
