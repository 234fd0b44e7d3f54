import * as z from "zod";
import type { Json } from "#core/ports";
import { askForJson, offlineNotice } from "../ask-for-json.ts";
import { failed, implementWaiting } from "../implementation.ts";
import { selector } from "./definition.ts";

const { explanation, confidence } = selector.output.shape;

const choice = z.object({
  rankings: z
    .array(
      z.object({
        index: z.int().min(0).describe("The candidate's number."),
        score: z.number().min(0).max(1).describe("How good it is, 1 being best."),
        reason: z.string().default("").describe("Why, in a few words."),
      }),
    )
    .min(1)
    .describe("Every candidate once, the best first."),
  explanation: explanation.default(""),
  confidence,
});

/** Has the candidates ranked, and takes the best. */
export const selectorImplementation = implementWaiting(selector, async (call, signal) => {
  const { candidates, criteria, context, selection_mode, top_n, explain_choice } = call.inputs;
  const task = [
    `Rank these candidates:\n\n${candidates.map((candidate, index) => `[${index}]\n${candidate}`).join("\n\n")}`,
    criteria.length === 0 ? "" : `Rank them by:\n${criteria.join("\n")}`,
    context === undefined ? "" : `To know besides: ${context}`,
    explain_choice ? "" : "Leave explanations empty.",
  ];
  const role = "You choose the best among several candidates.";
  const result = await askForJson(
    call,
    {
      role,
      task: task.filter(Boolean).join("\n\n"),
      answer: choice,
      offline: () => ({
        rankings: candidates.map((_, index) => ({ index, score: 0, reason: "" })),
        explanation: `${offlineNotice}. The candidates are in the order in which they were given.`,
        confidence: 0,
      }),
    },
    signal,
  );
  if (!result.ok) return result;
  const { rankings } = result.answer;
  const places = rankings.map(({ index }) => index);
  const isComplete =
    places.length === candidates.length && candidates.every((_, index) => places.includes(index));
  if (!isComplete) {
    const { failure } = failed(
      "TRANSFORMATION",
      `The model did not rank each of the ${candidates.length} candidates once, but ${places.join(", ")}. Run it again.`,
    );
    return { ok: false, failure: { ...failure, recoverable: true } };
  }
  const taken = { best: 1, top_n, rank_all: candidates.length }[selection_mode];
  const indexes = places.slice(0, taken);
  const one = (values: readonly Json[]): Json => (selection_mode === "best" ? (values[0] ?? null) : values);
  return {
    ok: true,
    output: {
      selected: one(indexes.map((index) => candidates[index] ?? "")),
      selected_index: one(indexes),
      explanation: result.answer.explanation,
      rankings,
      confidence: result.answer.confidence,
    },
  };
});
