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
  availability: "planned",
  input: z.object({
    pipeline_id: z.string().describe("The pipeline's name or id."),
    pipeline_version: z.string().optional().describe("Its version, when a certain one is wanted."),
    input_data: anyObject.default({}).describe("Its input."),
    timeout_ms: z.number().positive().default(60_000).describe("Milliseconds it may take."),
    async_execution: z.boolean().default(false).describe("Read from older files."),
    wait_for_completion: z.boolean().default(true).describe("Read from older files."),
    inherit_context: z.boolean().default(true).describe("Whether it sees the variables."),
    isolated: z.boolean().default(false).describe("Whether its variables stay its own."),
    on_error: z
      .enum(["propagate", "ignore", "default"])
      .default("propagate")
      .describe("What its failure does."),
    default_result: anyValue.optional().describe("The result after a failure, with on_error default."),
  }),
  output: z.object({
    pipeline_id: z.string().describe("The pipeline's name or id."),
    run_id: z.string().describe("The run of it."),
    status: z.string().describe("How the run ended."),
    result: z.unknown().describe("Its output."),
    execution_time_ms: z.number().describe("How long it took, in milliseconds."),
    error: z.unknown().describe("Its failure, else null."),
  }),
});
