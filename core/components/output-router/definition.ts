import * as z from "zod";
import { defineComponent } from "../define.ts";
import {
  deferredDestinations,
  destinationForm,
  destinationsField,
  refusedDestinations,
} from "../delivery/definition.ts";
import { anyObject, anyValue } from "../fields.ts";

/** Delivers a result to webhooks and files (facts, sections 1.4 and 3). */
export const outputRouter = defineComponent({
  type: "output_router",
  kind: "operator",
  category: "integration",
  title: "Output router",
  description:
    "Delivers data to webhooks and to files of the workspace. A delivery that fails is counted and said; it fails the stage only with `fail_on_error`.",
  icon: "send",
  color: "blue",
  input: z.object({
    data: anyValue.describe("What to deliver."),
    destinations: destinationsField.describe(`Where to. ${destinationForm}`),
    is_error: z
      .boolean()
      .default(false)
      .describe(
        "Whether it is the news of a failure: it goes to the destinations with `on_error`, else to those without `on_success` false.",
      ),
    error_message: z.string().optional().describe("Which failure."),
    metadata: anyObject
      .default({})
      .describe("What to deliver besides; its `error_type` is what a destination's `error_types` choose by."),
    parallel: z
      .boolean()
      .default(true)
      .describe("Whether to deliver to all at the same time, or to one after the other."),
    fail_on_error: z
      .boolean()
      .default(false)
      .describe("Whether the stage fails when a delivery fails; all are tried in any case."),
  }),
  output: z.object({
    total_destinations: z.int().describe("Destinations given."),
    successful_deliveries: z.int().describe("Delivered."),
    failed_deliveries: z.int().describe("Not delivered."),
    skipped_deliveries: z.int().describe("Switched off, or not meant for this."),
    results: z
      .array(z.unknown())
      .describe(
        "One entry a destination, in their order: destination_id, name, type, status (delivered, failed or skipped), attempts, status_code and error.",
      ),
    all_succeeded: z.boolean().describe("Whether no delivery failed."),
  }),
  deferred: { destinations: deferredDestinations },
  refuse: ({ destinations }) => refusedDestinations(destinations),
  idempotent: false,
  timeoutMs: 120_000,
});
