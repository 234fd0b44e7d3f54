import * as z from "zod";
import { defineComponent } from "../define.ts";
import {
  deferredDestinations,
  destinationForm,
  destinationsField,
  refusedDestinations,
} from "../delivery/definition.ts";

/** Notifies people of a failure (facts, section 3). */
export const errorRouter = defineComponent({
  type: "error_router",
  kind: "operator",
  category: "integration",
  title: "Error router",
  description:
    "Sends the news of a failure to webhooks and to files of the workspace, as a stage of a catch does. A notification that cannot be sent is counted and said, and fails nothing.",
  icon: "bell",
  color: "red",
  input: z.object({
    error_type: z
      .string()
      .describe("The failure's type, such as TIMEOUT; a destination's `error_types` choose by it."),
    error_message: z.string().describe("The failure's message."),
    stage_id: z.string().optional().describe("The stage that failed."),
    pipeline_id: z.string().optional().describe("The pipeline that it is in."),
    run_id: z.string().optional().describe("The run that it is in; without it this one."),
    destinations: destinationsField.describe(
      `Whom to tell: every destination but those with \`on_error\` false. ${destinationForm}`,
    ),
    include_stack_trace: z
      .boolean()
      .default(false)
      .describe(
        "Whether to send the way to this stage too, from the inside out: loops, tries and pipelines.",
      ),
    severity: z
      .enum(["critical", "error", "warning", "info"])
      .default("error")
      .describe("How bad it is; sent along."),
  }),
  output: z.object({
    notifications_sent: z.int().describe("Sent."),
    failed_notifications: z.int().describe("Not sent."),
    results: z
      .array(z.unknown())
      .describe(
        "One entry a destination, in their order: destination_id, name, type, status (delivered, failed or skipped), attempts, status_code and error.",
      ),
  }),
  deferred: { destinations: deferredDestinations },
  refuse: ({ destinations }) => refusedDestinations(destinations),
  idempotent: false,
  timeoutMs: 60_000,
});
