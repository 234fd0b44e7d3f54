import * as z from "zod";
import { defineComponent } from "../define.ts";
import { anyObject } from "../fields.ts";

/** Notifies people of a failure (facts, section 3). */
export const errorRouter = defineComponent({
  type: "error_router",
  kind: "operator",
  category: "integration",
  title: "Error router",
  description: "Sends the news of a failure to destinations.",
  icon: "bell",
  color: "red",
  availability: "planned",
  input: z.object({
    error_type: z.string().describe("The failure's type, such as TIMEOUT."),
    error_message: z.string().describe("The failure's message."),
    stage_id: z.string().optional().describe("Where it failed."),
    pipeline_id: z.string().optional().describe("In which pipeline."),
    run_id: z.string().optional().describe("In which run."),
    destinations: z.array(anyObject).describe("Whom to tell, in the form of `output_config`."),
    include_stack_trace: z.boolean().default(false).describe("Whether to send the details too."),
    severity: z.enum(["critical", "error", "warning", "info"]).default("error").describe("How bad it is."),
  }),
  output: z.object({
    notifications_sent: z.int().describe("Sent."),
    failed_notifications: z.int().describe("Not sent."),
    results: z.array(z.unknown()).describe("One entry a destination."),
  }),
  idempotent: false,
  timeoutMs: 60_000,
});
