import * as z from "zod";
import { questionSchema } from "#core/journal";

/** The version of what a waiting run and `fm answer` say to each other, and of the file that brings them together. */
export const answerFormat = 1;

/** How a waiting run is reached: `.flowmason/runs/<id>/answers.json`, which only its owner can read. */
export const answerAddress = z.object({
  format: z.literal(answerFormat),
  pid: z.int(),
  /** On 127.0.0.1. */
  port: z.int(),
  /** Shows that who speaks could read the file. */
  token: z.string(),
});

export type AnswerAddress = z.infer<typeof answerAddress>;

/** One line each way. */
export const answerRequest = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("list"), token: z.string() }),
  z.object({
    kind: z.literal("answer"),
    token: z.string(),
    id: z.string(),
    value: z.string(),
    by: z.string().nullable(),
  }),
]);

export type AnswerRequest = z.infer<typeof answerRequest>;

export const answerResponse = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("list"),
    questions: z.array(z.object({ stage: z.string(), question: questionSchema }).readonly()).readonly(),
  }),
  z.object({ kind: z.literal("taken") }),
  z.object({
    kind: z.literal("refused"),
    reason: z.enum(["unknown", "answered", "unfit", "not-allowed", "malformed"]),
    message: z.string(),
  }),
]);

export type AnswerResponse = z.infer<typeof answerResponse>;
