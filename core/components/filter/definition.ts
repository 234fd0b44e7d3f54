import * as z from "zod";
import { defineComponent } from "../define.ts";
import { anyObject, anyValue, expression } from "../fields.ts";

/** Passes data or not, or keeps some items of a list (facts, section 3). Stops nothing by itself. */
export const filter = defineComponent({
  type: "filter",
  version: "1.1.0",
  kind: "operator",
  category: "data",
  title: "Filter",
  description: "Lets data through, or the items of a list, where a condition holds.",
  icon: "filter",
  color: "orange",
  input: z.object({
    data: anyValue.describe("What to test; in mode filter_array a list."),
    condition: expression.optional().describe("An expression on `data`, or on `item` in mode filter_array."),
    field_conditions: anyObject
      .optional()
      .describe('Field path -> its value, a list of allowed values, or comparisons such as {"gt": 5}.'),
    pass_if_missing: z.boolean().default(false).describe("Whether a field that is not there counts as met."),
    filter_mode: z
      .enum(["pass_fail", "filter_array"])
      .default("pass_fail")
      .describe("Test the data as a whole, or each item."),
    invert: z.boolean().default(false).describe("Pass what does not meet the condition."),
  }),
  output: z.object({
    passed: z.boolean().describe("Whether the data passed; in mode filter_array, whether any item did."),
    data: z.unknown().describe("What passed: the data or null; in mode filter_array, the items kept."),
    filtered_count: z.int().describe("How many items were left out."),
    reason: z.string().describe("Why, in a sentence."),
  }),
  outputAliases: { result: ["data"] },
  deferred: { condition: { kind: "expression", names: ["data", "item"] } },
  timeoutMs: 5000,
});
