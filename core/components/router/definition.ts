import * as z from "zod";
import { defineComponent } from "../define.ts";
import { anyValue, expression, stageIds } from "../fields.ts";

/** One of several ways, by a value (facts, section 3). */
export const router = defineComponent({
  type: "router",
  kind: "control-flow",
  category: "control",
  title: "Router",
  description: "Runs the branch that belongs to a value.",
  icon: "type-hierarchy-sub",
  color: "yellow",
  input: z.object({
    value: anyValue.describe("The value that decides."),
    routes: z.record(z.string(), stageIds).describe("Value -> stages that run for it."),
    default_route: stageIds.default([]).describe("Stages that run for every other value."),
    value_expression: expression
      .optional()
      .describe("An expression on `value` whose result decides instead."),
    case_insensitive: z.boolean().default(false).describe("Whether capitals make no difference."),
    pass_data: anyValue.optional().describe("A value for the branch, in the output's `data`."),
  }),
  output: z.object({
    route_taken: z.string().describe("The route's value, or default."),
    original_value: z.unknown().describe("The value given."),
    matched_value: z.unknown().describe("The value that decided."),
    stages_to_execute: z.array(z.string()).describe("Stages of the route."),
    stages_to_skip: z.array(z.string()).describe("Stages of the other routes."),
    data: z.unknown().describe("The value given as `pass_data`, else null."),
  }),
  passes: { data: "pass_data", original_value: "value" },
  inputAliases: {
    routing_value: "value",
    branches: "routes",
    default_branch: "default_route",
    default: "default_route",
  },
  outputAliases: {
    directive: {
      branch_taken: ["route_taken"],
      execute_stages: ["stages_to_execute"],
      skip_stages: ["stages_to_skip"],
      output_data: ["data"],
    },
  },
  deferred: { value_expression: { kind: "expression", names: ["value"] } },
});
