import * as z from "zod";
import type { JsonObject } from "#core/ports";
import { defineComponent } from "../define.ts";
import { anyValue, expression, stageIds, variableName } from "../fields.ts";

/** Stages once per item (facts, section 3). */
export const foreach = defineComponent({
  type: "foreach",
  kind: "control-flow",
  category: "control",
  title: "For each",
  description: "Runs its stages once for each item of a list.",
  icon: "sync",
  color: "yellow",
  input: z.object({
    items: z.array(anyValue).describe("The list."),
    loop_stages: stageIds.default([]).describe("Stages that run for each item."),
    item_variable: variableName.default("item").describe("The name under which those stages see the item."),
    index_variable: variableName
      .default("index")
      .describe("The name under which they see its place, from 0."),
    collect_results: z.boolean().default(true).describe("Whether `results` keeps each item's result."),
    parallel: z.boolean().default(false).describe("Whether items run at the same time."),
    max_parallel: z.int().min(1).max(1000).default(5).describe("How many, at most."),
    break_on_error: z
      .boolean()
      .default(true)
      .describe("Whether a failed item ends the loop; else its result is null."),
    filter_expression: expression
      .optional()
      .describe("An expression on `item`; items for which it does not hold are left out."),
  }),
  output: z.object({
    total_items: z.int().describe("Items in the list."),
    processed_items: z.int().describe("Items that ran."),
    skipped_items: z.int().describe("Items left out by the filter."),
    current_item: z.unknown().describe("Inside the loop: the item."),
    current_index: z.unknown().describe("Inside the loop: its place, from 0."),
    items_to_process: z.array(z.unknown()).describe("Items that the filter kept."),
    results: z.array(z.unknown()).describe("What the last stage of each round gave, in the items' order."),
    is_complete: z.boolean().describe("Whether every item ran."),
  }),
  passes: { items_to_process: "items" },
  inputAliases: { execution_mode: "parallel", stages: "loop_stages", max_concurrency: "max_parallel" },
  outputAliases: {
    directive: {
      loop_items: ["items_to_process"],
      loop_results: ["results"],
      current_item: ["current_item"],
      current_index: ["current_index"],
    },
  },
  modernise: executionMode,
  insteadOfRetry: "Give retry to the stages in its loop_stages.",
  deferred: { filter_expression: { kind: "expression", names: ["item"] } },
});

function executionMode(inputs: JsonObject): JsonObject {
  const mode = inputs["parallel"];
  return mode === "parallel" || mode === "sequential" ? { ...inputs, parallel: mode === "parallel" } : inputs;
}
