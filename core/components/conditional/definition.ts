import * as z from "zod";
import { defineComponent } from "../define.ts";
import { anyValue, expression, stageIds } from "../fields.ts";

/** Two ways, one taken (facts, section 3). */
export const conditional = defineComponent({
  type: "conditional",
  kind: "control-flow",
  category: "control",
  title: "Conditional",
  description: "Runs one of two branches.",
  icon: "git-branch",
  color: "yellow",
  input: z.object({
    condition: anyValue.describe(
      "An expression, or a value: what is empty, zero, null or false takes the false branch.",
    ),
    condition_expression: expression
      .optional()
      .describe("An expression on `value`, which is what `condition` gave."),
    true_branch_stages: stageIds.default([]).describe("Stages that run when it holds."),
    false_branch_stages: stageIds.default([]).describe("Stages that run when it does not."),
    pass_data: anyValue.optional().describe("A value for the branches, in the output's `data`."),
  }),
  output: z.object({
    branch_taken: z.enum(["true", "false"]).describe("The branch."),
    condition_value: z.unknown().describe("What `condition` gave."),
    condition_result: z.boolean().describe("Whether it holds."),
    data: z.unknown().describe("The value given as `pass_data`, else null."),
  }),
  passes: { data: "pass_data" },
  inputAliases: {
    true_stages: "true_branch_stages",
    false_stages: "false_branch_stages",
    true_branch: "true_branch_stages",
    false_branch: "false_branch_stages",
  },
  outputAliases: { directive: { branch_taken: ["branch_taken"], output_data: ["data"] } },
  deferred: {
    condition: { kind: "expression", names: [] },
    condition_expression: { kind: "expression", names: ["value"] },
  },
});
