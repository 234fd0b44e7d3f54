import * as z from "zod";
import { defineComponent } from "../define.ts";
import { modelFields } from "../fields.ts";

/** A text made better by a language model (facts, section 3; `feedback` is optional by design). */
export const improver = defineComponent({
  type: "improver",
  kind: "node",
  category: "ai",
  title: "Improver",
  description:
    "Has a language model rewrite a text, following feedback. With the provider offline the text stays as it is, and the summary says so.",
  icon: "edit-sparkle",
  color: "purple",
  input: z.object({
    content: z.string().describe("The text to improve."),
    feedback: z.string().optional().describe("What was said about it, such as a critic's feedback."),
    improvements: z.array(z.string()).default([]).describe("Single things to do better."),
    preserve_aspects: z.array(z.string()).default([]).describe("What must stay as it is."),
    improvement_focus: z.string().optional().describe("What matters most."),
    max_iterations: z.int().min(1).max(5).default(1).describe("Read from older files; one rewrite is made."),
    ...modelFields,
  }),
  output: z.object({
    improved_content: z.string().describe("The better text."),
    changes_made: z.array(z.string()).describe("What was changed."),
    preserved_aspects: z.array(z.string()).describe("What was kept."),
    improvement_summary: z.string().describe("The changes in a sentence."),
  }),
  inputAliases: { instructions: "improvement_focus", criteria: "improvements" },
  outputAliases: { content: ["improved_content"], improved: ["improved_content"] },
  requiresModel: true,
  timeoutMs: 120_000,
});
