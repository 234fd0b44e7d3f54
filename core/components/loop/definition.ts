import * as z from "zod";
import { defineComponent } from "../define.ts";
import { anyValue } from "../fields.ts";

/** Batches of a list (facts, section 3). It repeats nothing: that is foreach. */
export const loop = defineComponent({
  type: "loop",
  kind: "operator",
  category: "data",
  title: "Batches",
  description: "Cuts a list into batches. To run stages for each item, use foreach.",
  icon: "layers",
  color: "orange",
  input: z.object({
    items: z.array(anyValue).describe("The list."),
    batch_size: z.int().min(1).max(1000).default(1).describe("Items in a batch."),
    max_iterations: z.int().min(0).optional().describe("The most batches to make."),
    start_index: z.int().min(0).default(0).describe("Where to begin, from 0."),
    include_metadata: z.boolean().default(true).describe("Whether the output has `metadata`."),
  }),
  output: z.object({
    batches: z.array(z.array(z.unknown())).describe("The batches."),
    total_items: z.int().describe("Items in the list."),
    total_batches: z.int().describe("Batches made."),
    has_more: z.boolean().describe("Whether items remain."),
    metadata: z.unknown().describe("start_index, batch_size, items_processed, items_remaining."),
  }),
  timeoutMs: 10_000,
});
