import * as z from "zod";
import { defineComponent } from "../define.ts";
import { modelFields } from "../fields.ts";

/** One text out of several, by a language model (facts, section 3). */
export const synthesizer = defineComponent({
  type: "synthesizer",
  kind: "node",
  category: "ai",
  title: "Synthesizer",
  description:
    "Has a language model make one text out of several. With the provider offline the result is the texts one after the other, and says so.",
  icon: "combine",
  color: "purple",
  input: z.object({
    inputs: z.array(z.string()).min(2).describe("The texts, at least two."),
    synthesis_strategy: z
      .enum(["integrate", "summarize", "compare", "consensus", "best_of"])
      .default("integrate")
      .describe("What to make of them."),
    context: z.string().optional().describe("What the writer should know besides."),
    output_format: z.string().optional().describe("The form of the result, in words."),
    preserve_sources: z.boolean().default(false).describe("Whether to say which part is from where."),
    max_length: z.int().min(10).max(10_000).optional().describe("The most words the result may have."),
    ...modelFields,
  }),
  output: z.object({
    synthesized: z.string().describe("The result."),
    sources_used: z.int().describe("How many of the texts were used."),
    strategy_applied: z.string().describe("What was made of them."),
    key_themes: z.array(z.string()).describe("What they are about."),
  }),
  inputAliases: { sources: "inputs" },
  outputAliases: { content: ["synthesized"] },
  requiresModel: true,
  timeoutMs: 120_000,
});
