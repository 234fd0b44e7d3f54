import * as z from "zod";
import { defineComponent } from "../define.ts";
import { anyValue, stageIds } from "../fields.ts";

/** Stages whose failure is dealt with (facts, section 3). */
export const trycatch = defineComponent({
  type: "trycatch",
  kind: "control-flow",
  category: "control",
  title: "Try and catch",
  description: "Runs stages, and others when one of them fails.",
  icon: "shield",
  color: "yellow",
  input: z.object({
    try_stages: stageIds.default([]).describe("Stages to run."),
    catch_stages: stageIds.default([]).describe("Stages that run when one of them fails."),
    finally_stages: stageIds.default([]).describe("Stages that run afterwards in any case."),
    error_scope: z
      .enum(["propagate", "continue"])
      .default("propagate")
      .describe("Whether a failure that was not caught goes on, or ends here."),
    catch_error_types: z
      .array(z.string())
      .default([])
      .describe("Failures to catch, by type; none listed means all."),
    max_retries: z.int().min(0).max(10).default(0).describe("How often to try again."),
    retry_delay_ms: z.number().min(0).default(1000).describe("Milliseconds to wait before that."),
    error_variable: z
      .string()
      .regex(/^[A-Za-z_]\w*$/)
      .optional()
      .describe("A name under which catch stages see the failure's message; `error_message` has it too."),
    pass_data: anyValue.optional().describe("A value for the stages, in the output's `data`."),
  }),
  output: z.object({
    status: z.enum(["success", "caught", "error"]).describe("How it went."),
    error_occurred: z.boolean().describe("Whether a stage failed."),
    error_message: z.unknown().describe("The failure's message, else null."),
    error_type: z.unknown().describe("The failure's type, else null."),
    recovered: z.boolean().describe("Whether the failure was dealt with."),
    try_result: z.unknown().describe("What the last stage of the try branch gave."),
    catch_result: z.unknown().describe("What the last stage of the catch branch gave."),
    data: z.unknown().describe("The value given as `pass_data`, else null."),
  }),
  passes: { data: "pass_data" },
  inputAliases: { on_error: "error_scope" },
  outputAliases: {
    result: ["try_result"],
    directive: {
      error: ["error_message"],
      error_type: ["error_type"],
      recovered: ["recovered"],
      output_data: ["data"],
    },
  },
  insteadOfRetry: "Give it max_retries in its config, or give retry to the stages in it.",
});
