import * as z from "zod";
import type { JsonObject } from "#core/ports";
import { defineComponent } from "../define.ts";
import { anyValue } from "../fields.ts";

/** Seconds above this are milliseconds: older files give `timeout` in either unit (facts, section 1.2). */
const mostSeconds = 300;

/** Methods that change nothing at the server. */
const asking: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** One HTTP request (facts, section 3). */
export const httpRequest = defineComponent({
  type: "http_request",
  kind: "operator",
  category: "integration",
  title: "HTTP request",
  description:
    "Calls a web address. An answer such as 404 or 500 is an answer: the stage succeeds, with `success` false. Only 429 and 503 are tried again where the stage has `retry`, after what `Retry-After` says (seconds or a date, at most five minutes) where that is longer than the stage's own wait; the last attempt's answer is the output. Which hosts may be called is up to `http` in flowmason.json.",
  icon: "globe",
  color: "blue",
  input: z.object({
    url: z.string().min(1).describe("The address, with http:// or https://."),
    method: z
      .enum(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
      .default("GET")
      .describe("The HTTP method."),
    headers: z.record(z.string(), z.string()).default({}).describe("Header -> value."),
    body: anyValue.describe("What to send: an object or a list as JSON, a text as it is.").optional(),
    params: z.record(z.string(), z.string()).default({}).describe("Query parameters, added to the address."),
    timeout: z
      .number()
      .positive()
      .max(mostSeconds)
      .default(30)
      .describe("Seconds to wait for the whole answer."),
    follow_redirects: z
      .boolean()
      .default(true)
      .describe(
        "Whether to follow redirects, `http.max_redirects` of flowmason.json at most. To another server no header goes along that may hold a key.",
      ),
    verify_ssl: z.boolean().default(true).describe("Whether the server's certificate must be valid."),
    max_bytes: z
      .int()
      .min(1)
      .optional()
      .describe(
        "The most bytes of an answer that are read; a larger one fails the stage. Without it, and at most, `http.max_response_bytes` of flowmason.json: 20 MiB.",
      ),
  }),
  output: z.object({
    status_code: z.int().describe("The HTTP status."),
    headers: z.record(z.string(), z.string()).describe("The answer's headers, names in lower case."),
    body: z.unknown().describe("The answer: the value when it is JSON, else its text."),
    elapsed_ms: z.number().describe("How long it took, in milliseconds."),
    success: z.boolean().describe("Whether the status is 200 to 299."),
    url: z.string().describe("The address that answered, after redirects."),
  }),
  inputAliases: { query_params: "params" },
  modernise: millisecondsToSeconds,
  outputAliases: { result: ["body"] },
  idempotent: ({ method }) => method === undefined || (typeof method === "string" && asking.has(method)),
  timeoutMs: null,
});

function millisecondsToSeconds(inputs: JsonObject): JsonObject {
  const timeout = Number(inputs["timeout"] ?? 0);
  return timeout > mostSeconds ? { ...inputs, timeout: timeout / 1000 } : inputs;
}
