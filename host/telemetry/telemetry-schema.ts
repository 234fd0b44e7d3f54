import * as z from "zod";

/** `telemetry` of flowmason.json. A misspelt key is refused: nothing would be sent, or elsewhere. */
export const telemetrySchema = z.strictObject({
  endpoint: z
    .string()
    .regex(/^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/i, {
      error:
        "an endpoint is written as http://localhost:4318, without user, password, query and /v1/traces, which is added to it",
    })
    .optional()
    .describe(
      "The server that gets the traces of runs by OTLP over HTTP, to whose address /v1/traces is added. The environment and --otlp count first.",
    ),
  headers_env: z
    .string()
    .regex(/^[A-Za-z_]\w*$/)
    .optional()
    .describe(
      "The environment variable that holds headers for it, as name=value,name=value. Only those are sent to this endpoint.",
    ),
  service_name: z
    .string()
    .min(1)
    .optional()
    .describe("What the traces call the project; flowmason unless given."),
});

/** Where a project sends its traces. */
export type TelemetrySettings = z.infer<typeof telemetrySchema>;
