import * as z from "zod";
import { values } from "./shared-schemas.ts";

/** Where a pipeline's output is delivered (facts, section 1.4). */
export function outputConfigSchema() {
  return z
    .looseObject({
      destinations: z
        .array(
          z.looseObject({
            id: z.string().describe("Its name."),
            type: z.enum(["webhook", "email", "database", "message_queue"]).describe("What is delivered to."),
            name: z.string().describe("Name people read."),
            config: values().describe("Address and more, by type."),
            enabled: z.boolean().optional().describe("Whether anything is delivered; true."),
            on_success: z.boolean().optional().describe("After a run that succeeded; true."),
            on_error: z.boolean().optional().describe("After a run that failed; false."),
            error_types: z.array(z.string()).optional().describe("Only after failures of these types."),
            payload_template: z
              .string()
              .optional()
              .describe("What is sent; sees data, is_error, error_message, metadata and timestamp."),
          }),
        )
        .optional(),
      allow_caller_destinations: z
        .boolean()
        .optional()
        .describe("Whether callers may add destinations; true."),
      allow_caller_override: z.boolean().optional().describe("Whether callers may replace them; false."),
    })
    .describe("Where the output is delivered. Not carried out in this version.");
}
