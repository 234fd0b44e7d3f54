import * as z from "zod";
import { defineComponent } from "../define.ts";
import { anyObject, anyValue } from "../fields.ts";

/** Another pipeline as a stage (facts, section 3). */
export const subpipeline = defineComponent({
  type: "subpipeline",
  kind: "control-flow",
  category: "control",
  title: "Sub-pipeline",
  description: "Runs another pipeline of the workspace.",
  icon: "references",
  color: "yellow",
  input: z.object({
    pipeline_id: z
      .string()
      .min(1)
      .describe("The pipeline: its name, its id, name@range, or the path of its file."),
    pipeline_version: z
      .string()
      .optional()
      .describe("A version or a range of them, such as ^1.0.0, when a certain one is wanted."),
    input_data: anyObject.default({}).describe("Its input."),
    timeout_ms: z
      .number()
      .positive()
      .default(60_000)
      .describe("Milliseconds it may take; the stage's own timeout counts where this is not given."),
    async_execution: z
      .boolean()
      .default(false)
      .describe("Changes nothing: stages that depend on nothing run at the same time anyway."),
    wait_for_completion: z
      .boolean()
      .default(true)
      .describe("Must be true: a run does not end before the pipelines it called."),
    inherit_context: z.boolean().default(true).describe("Whether it sees the variables of this pipeline."),
    isolated: z
      .boolean()
      .default(false)
      .describe("Whether it sees none of them, whatever inherit_context says."),
    on_error: z
      .enum(["propagate", "ignore", "default"])
      .default("propagate")
      .describe("What its failure does."),
    default_result: anyValue.optional().describe("The result after a failure, with on_error default."),
  }),
  output: z.object({
    pipeline_id: z.string().describe("The pipeline, as the stage names it."),
    run_id: z.string().describe("The run that it is a part of."),
    status: z.enum(["completed", "cancelled", "failed"]).describe("How it ended."),
    result: z.unknown().describe("Its output."),
    execution_time_ms: z.number().describe("How long it took, in milliseconds."),
    error: z.unknown().describe("Why it failed, else null."),
  }),
  refuse: ({ wait_for_completion }) =>
    wait_for_completion === false
      ? [
          {
            path: ["wait_for_completion"],
            message:
              "A pipeline that nobody waits for could fail without anyone knowing, so that is not carried out. Remove wait_for_completion.",
          },
        ]
      : [],
});
