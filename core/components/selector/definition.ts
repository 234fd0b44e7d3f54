import * as z from "zod";
import { defineComponent } from "../define.ts";
import { modelFields } from "../fields.ts";

/** The best of several texts, chosen by a language model (facts, section 3). */
export const selector = defineComponent({
  type: "selector",
  kind: "node",
  category: "ai",
  title: "Selector",
  description:
    "Has a language model choose the best of several candidates. With the provider offline they stay in their order, with confidence 0, and the explanation says so.",
  icon: "list-selection",
  color: "purple",
  input: z.object({
    candidates: z.array(z.string()).min(2).describe("The texts to choose from, at least two."),
    criteria: z.array(z.string()).default([]).describe("What to choose by."),
    context: z.string().optional().describe("What the chooser should know besides."),
    selection_mode: z
      .enum(["best", "top_n", "rank_all"])
      .default("best")
      .describe("The best one, the best `top_n`, or all of them in order."),
    top_n: z.int().min(1).max(10).default(1).describe("How many, in mode top_n."),
    explain_choice: z.boolean().default(true).describe("Whether to say why."),
    ...modelFields,
  }),
  output: z.object({
    selected: z.unknown().describe("The chosen text, or the list of chosen texts."),
    selected_index: z.unknown().describe("Its place among the candidates, from 0, or the list of places."),
    explanation: z.string().describe("Why."),
    rankings: z.array(z.unknown()).describe("All candidates in order."),
    confidence: z.number().min(0).max(1).describe("How sure the model is."),
  }),
  inputAliases: { options: "candidates", selection_criteria: "criteria", return_reasoning: "explain_choice" },
  requiresModel: true,
  timeoutMs: 60_000,
});
