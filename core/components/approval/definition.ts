import * as z from "zod";
import type { JsonObject } from "#core/ports";
import { defineComponent } from "../define.ts";
import { anyValue } from "../fields.ts";

/** A question to a person (docs/commands-and-questions.md). */
export const approval = defineComponent({
  type: "approval",
  kind: "operator",
  category: "control",
  title: "Approval",
  description:
    "Asks a person, and waits for the answer: yes or no, one of some, or a text. It can be given in VS Code, in the terminal, or with fm answer.",
  icon: "person",
  color: "yellow",
  input: z.object({
    prompt: z.string().min(1).describe("The question."),
    title: z.string().optional().describe("A heading above it."),
    kind: z
      .enum(["confirm", "choice", "text"])
      .default("confirm")
      .describe("What is asked for: yes or no, one of the options, or a text."),
    options: z.array(z.string()).default([]).describe("For a choice: what can be chosen."),
    default: anyValue
      .optional()
      .describe("What is offered as the answer: true or false, one of the options, or a text."),
    answerers: z
      .array(z.string())
      .default([])
      .describe("User names of those who may answer, as their systems know them; everyone when it is empty."),
    timeout: z
      .union([z.number().positive(), z.string()])
      .optional()
      .describe('How long to wait: seconds, or a text such as "30m"; without it as long as it takes.'),
    on_timeout: z
      .enum(["fail", "refuse", "default"])
      .default("fail")
      .describe("What happens then: the stage fails, it counts as a no, or the default is the answer."),
    on_refusal: z
      .enum(["continue", "fail"])
      .default("continue")
      .describe("What a no does: the stage succeeds with `approved` false, or it fails."),
  }),
  output: z.object({
    answer: z.unknown().describe("True or false, the chosen option, or the text; null when no one answered."),
    approved: z.boolean().describe("False after a no, and after waiting in vain with on_timeout refuse."),
    answered_by: z.string().nullable().describe("The user name of who answered; null when it is not known."),
    answered_at: z.string().describe("When it was answered or given up, ISO 8601."),
    answered_via: z
      .string()
      .nullable()
      .describe("Through what: terminal, fm answer, or an editor; null when no one answered."),
    timed_out: z.boolean().describe("Whether no one answered in time."),
  }),
  inputAliases: { question: "prompt", message: "prompt", type: "kind", choices: "options" },
  modernise: readTimeouts,
  outputAliases: { result: ["answer"] },
  // Asked again, a person is disturbed twice.
  idempotent: false,
});

/** A text that is a number of seconds is one. */
function readTimeouts(inputs: JsonObject): JsonObject {
  const { timeout } = inputs;
  return typeof timeout === "string" && /^[0-9]+(\.[0-9]+)?$/.test(timeout.trim())
    ? { ...inputs, timeout: Number(timeout) }
    : inputs;
}
