import * as z from "zod";
import { defineComponent } from "../define.ts";
import { anyValue, expression } from "../fields.ts";

/** Ends the run early (facts, section 3). */
export const returnEarly = defineComponent({
  type: "return",
  kind: "control-flow",
  category: "control",
  title: "Return",
  description: "Ends the pipeline with a value.",
  icon: "reply",
  color: "yellow",
  input: z.object({
    condition: anyValue
      .default(true)
      .describe("An expression, or a value: the pipeline goes on when it does not hold."),
    condition_expression: expression
      .optional()
      .describe("An expression on `value`, which is what `condition` gave."),
    return_value: anyValue.optional().describe("The pipeline's output."),
    message: z.string().optional().describe("Why it ends here."),
    status: z.enum(["completed", "cancelled", "failed"]).default("completed").describe("How the run counts."),
  }),
  output: z.object({
    should_return: z.boolean().describe("Whether the pipeline ends here."),
    return_value: z.unknown().describe("The pipeline's output."),
    message: z.unknown().describe("Why, else null."),
    status: z.string().describe("How the run counts."),
    remaining_stages: z.array(z.string()).describe("Always empty: the run's record says what did not run."),
  }),
  passes: { return_value: "return_value" },
  inputAliases: { value: "return_value" },
  outputAliases: { directive: { output_data: ["return_value"] } },
  deferred: {
    condition: { kind: "expression", names: [] },
    condition_expression: { kind: "expression", names: ["value"] },
  },
});
