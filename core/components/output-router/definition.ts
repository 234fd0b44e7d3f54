import * as z from "zod";
import { defineComponent } from "../define.ts";
import { anyObject, anyValue } from "../fields.ts";

/** Delivers a result to webhooks and the like (facts, sections 1.4 and 3). */
export const outputRouter = defineComponent({
  type: "output_router",
  kind: "operator",
  category: "integration",
  title: "Output router",
  description: "Delivers data to destinations such as webhooks.",
  icon: "send",
  color: "blue",
  availability: "planned",
  input: z.object({
    data: anyValue.describe("What to deliver."),
    destinations: z.array(anyObject).describe("Where to, in the form of `output_config`."),
    is_error: z.boolean().default(false).describe("Whether it is the news of a failure."),
    error_message: z.string().optional().describe("Which failure."),
    metadata: anyObject.default({}).describe("What to deliver besides."),
    parallel: z.boolean().default(true).describe("Deliver to all at the same time."),
    fail_on_error: z.boolean().default(false).describe("Fail when a delivery fails."),
  }),
  output: z.object({
    total_destinations: z.int().describe("Destinations given."),
    successful_deliveries: z.int().describe("Delivered."),
    failed_deliveries: z.int().describe("Not delivered."),
    skipped_deliveries: z.int().describe("Not meant for this."),
    results: z.array(z.unknown()).describe("One entry a destination."),
    all_succeeded: z.boolean().describe("Whether every delivery arrived."),
  }),
  idempotent: false,
  timeoutMs: 120_000,
});
