import * as z from "zod";
import type { RunSummary } from "#core/journal";

const count = z.int().min(0);
const failure = z.looseObject({
  type: z.enum([
    "CONNECTIVITY",
    "TIMEOUT",
    "VALIDATION",
    "EXPRESSION",
    "TRANSFORMATION",
    "EXECUTION",
    "ROUTING",
    "SECURITY",
    "RETRY_EXHAUSTED",
    "CONTROL_FLOW",
    "CANCELLED",
    "UNKNOWN",
  ]),
  message: z.string(),
  recoverable: z.boolean(),
  stage: z.string().nullable(),
});

/** What a list shows of a run. */
export const summarySchema = z.object({
  runId: z.string(),
  pipeline: z.object({ name: z.string(), path: z.string().nullable(), hash: z.string() }).nullable(),
  // One of an earlier version has none: the journal is read again then.
  fork: z
    .object({ runId: z.string(), seq: z.int(), changes: z.array(z.string()).readonly() })
    .readonly()
    .nullable(),
  status: z.enum(["not-started", "running", "succeeded", "failed", "cancelled"]),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  failure: failure.nullable(),
  events: count,
  stages: z.object({
    waiting: count,
    running: count,
    succeeded: count,
    failed: count,
    skipped: count,
    cancelled: count,
  }),
  inputTokens: count.nullable(),
  outputTokens: count.nullable(),
  costUsd: z.number().nullable(),
  questions: count,
}) satisfies z.ZodType<RunSummary>;
