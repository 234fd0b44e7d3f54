import * as z from "zod";
import { questionSchema } from "#core/journal";

/** Custom DAP event from the adapter: the run asks something, or asks it no longer. */
export const questionEvent = {
  name: "flowmason/question",
  body: z
    .object({
      /** `closed`: it was answered, wherever, or is not waited for any more. */
      kind: z.enum(["asked", "closed"]),
      /** The stage that asks, with its rounds, as people see it. */
      stage: z.string(),
      question: questionSchema,
    })
    .readonly(),
} as const;

export type QuestionBody = z.infer<typeof questionEvent.body>;

/** Custom DAP request to the adapter: an answer. It fails with the reason when it is not taken. */
export const answerRequest = {
  name: "flowmason/answer",
  arguments: z
    .object({
      id: z.string(),
      /** True or false for a confirmation, else a text. */
      value: z.union([z.boolean(), z.string()]),
      /** What people call the program in which it was given. */
      via: z.string(),
    })
    .readonly(),
} as const;
