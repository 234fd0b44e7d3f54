import * as z from "zod";
import { defineComponent } from "../define.ts";
import { anyValue } from "../fields.ts";

/** Writes to the run's log (facts, section 3). */
export const logger = defineComponent({
  type: "logger",
  kind: "operator",
  category: "observability",
  title: "Logger",
  description: "Writes a message to the run's log.",
  icon: "output",
  color: "foreground",
  input: z.object({
    message: z.string().describe("The message."),
    level: z.enum(["debug", "info", "warning", "error"]).default("info").describe("How important it is."),
    data: anyValue.optional().describe("A value to log with it."),
    tags: z.record(z.string(), z.string()).default({}).describe("Names and values to find it by."),
    emit_to_trace: z
      .boolean()
      .default(true)
      .describe("Whether it shows in traces; it is in the journal in any case."),
    passthrough: anyValue.optional().describe("A value that becomes the output's `passthrough`."),
  }),
  output: z.object({
    logged: z.boolean().describe("True."),
    log_id: z.string().describe("Names this message: the attempt's key."),
    passthrough: z.unknown().describe("The value given as `passthrough`, else null."),
  }),
  passes: { passthrough: "passthrough" },
  timeoutMs: 5000,
});
