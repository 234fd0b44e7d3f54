import * as z from "zod";
import { values } from "./shared-schemas.ts";

/** Where a pipeline's output is delivered (facts, section 1.4; `file` and `fail_on_error` are our own). */
export function outputConfigSchema() {
  return z
    .looseObject({
      destinations: z
        .union([
          z.array(destinationSchema()),
          z.string().describe("One template that gives the list, such as {{ input.destinations }}."),
        ])
        .nullable()
        .optional()
        .describe("Where to; all at the same time."),
      fail_on_error: z
        .boolean()
        .nullable()
        .optional()
        .describe("Whether a run that succeeded fails when a delivery fails; false."),
      allow_caller_destinations: z
        .boolean()
        .nullable()
        .optional()
        .describe("Whether who starts a run may add destinations; here nobody can, so it changes nothing."),
      allow_caller_override: z
        .boolean()
        .nullable()
        .optional()
        .describe("Whether who starts a run may replace them; here nobody can, so it changes nothing."),
    })
    .nullable()
    .describe(
      "Where the output of a run is delivered once it has ended. As for an output_router: a delivery that fails is recorded and said, and every text is a template.",
    );
}

function destinationSchema() {
  return z.looseObject({
    id: z.string().describe("Its name."),
    type: z
      .enum(["webhook", "file", "email", "database", "message_queue"])
      .describe("What is delivered to; the last three are known, and refused before a run."),
    name: z.string().optional().describe("Name people read."),
    config: values()
      .optional()
      .describe("Of a webhook url, method, headers, timeout_ms and retry_count; of a file path and mode."),
    enabled: z.union([z.boolean(), z.string()]).optional().describe("Whether anything is delivered; true."),
    on_success: z.union([z.boolean(), z.string()]).optional().describe("After a run that succeeded; true."),
    on_error: z.union([z.boolean(), z.string()]).optional().describe("After a run that failed; false."),
    error_types: z.array(z.string()).optional().describe("Only after failures of these types."),
    payload_template: z
      .unknown()
      .optional()
      .describe(
        "What is sent, a text or any value with {{ }}; sees data, is_error, error_message, metadata and timestamp. Without it, these five.",
      ),
  });
}
