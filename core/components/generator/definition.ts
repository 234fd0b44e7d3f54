import * as z from "zod";
import { defineComponent } from "../define.ts";
import { modelFields } from "../fields.ts";

/** Text from a language model (facts, section 3). */
export const generator = defineComponent({
  type: "generator",
  kind: "node",
  category: "ai",
  title: "Generator",
  description: "Asks a language model for text.",
  icon: "sparkle",
  color: "purple",
  input: z.object({
    prompt: z.string().describe("What the model is asked."),
    system_prompt: z.string().optional().describe("Who the model is to be, and the rules it follows."),
    ...modelFields,
    stop_sequences: z.array(z.string()).optional().describe("Texts at which the model stops."),
    output_format: z
      .string()
      .optional()
      .describe("The form the answer should have, in words; it is added to the system prompt."),
  }),
  output: z.object({
    content: z.string().describe("The answer."),
    tokens_used: z
      .number()
      .nullable()
      .describe("Tokens of question and answer together; null when the provider does not say."),
    finish_reason: z.string().describe("Why the model stopped: stop, length, content-filter, and so on."),
    model: z.string().describe("The model that answered."),
  }),
  inputAliases: { user_prompt: "prompt" },
  outputAliases: { result: ["content"] },
  requiresModel: true,
  timeoutMs: 120_000,
});
