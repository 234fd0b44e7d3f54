import { implement } from "../implementation.ts";
import { trycatch } from "./definition.ts";

/** Says what the engine does about failures; the engine fills in how it went. */
export const trycatchImplementation = implement(trycatch, ({ inputs }) => ({
  ok: true,
  output: {
    status: "success",
    error_occurred: false,
    error_message: null,
    error_type: null,
    recovered: false,
    try_result: null,
    catch_result: null,
    data: inputs.pass_data ?? null,
  },
  directive: {
    kind: "try",
    catchTypes: inputs.catch_error_types,
    swallow: inputs.error_scope === "continue",
    retries: inputs.max_retries,
    retryDelayMs: inputs.retry_delay_ms,
  },
}));
