import * as z from "zod";
import { type ParsedExpression, parseExpression, references } from "#core/expressions";
import type { Json } from "#core/ports";
import { defineComponent, type Refusal } from "../define.ts";
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
  passes: { data: "data" },
  outputAliases: { result: ["data"] },
  deferred: { condition: { kind: "expression", names: ["data", "item"] } },
  refuse: ({ condition, filter_mode: mode = "pass_fail" }) =>
    mode === "pass_fail" ? refusedCondition(condition) : [],
  timeoutMs: 5000,
});

/** FlowMason has no `item` in this mode, and takes the error for a no; its guides mean the items of a list by it. */
function refusedCondition(condition: Json | undefined): readonly Refusal[] {
  if (typeof condition !== "string") return [];
  const parsed: ParsedExpression = parseExpression(condition);
  if (!references(parsed).some(({ root }) => root === "item")) return [];
  const message =
    'The condition is about "item", which there is in the mode filter_array only. To keep the items for which it holds, add "filter_mode": "filter_array"; to test the data as a whole, write "data".';
  return [{ path: ["condition"], message }];
}
