import * as z from "zod";
import type { Question } from "#core/ports";

/** A question as it is read from outside: from a journal, another process, or a file. */
export const questionSchema = z
  .object({
    id: z.string(),
    kind: z.enum(["confirm", "choice", "text"]),
    title: z.string().nullable(),
    prompt: z.string(),
    options: z.array(z.string()).readonly(),
    default: z.union([z.boolean(), z.string()]).nullable(),
    answerers: z.array(z.string()).readonly(),
    expiresAt: z.string().nullable(),
  })
  .readonly() satisfies z.ZodType<Question>;
