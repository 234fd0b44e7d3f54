import type { Field, RetryPolicy } from "../model.ts";
import { readingCode } from "../reading-codes.ts";
import { fieldNamed, type Report, readNumber, reportType } from "./field-reader.ts";

/** FlowMason's defaults (facts, section 1.1, `retry_config`). */
const DEFAULTS: RetryPolicy = {
  maxRetries: 3,
  initialDelayMs: 1000,
  maxDelayMs: 30_000,
  backoffMultiplier: 2,
};

/** `retry` (a number or an object), `retry_config`, or `error_handling` with `on_error: "retry"` or `max_retries`. */
export function readRetry(report: Report, fields: readonly Field[]): RetryPolicy | null {
  const field = fieldNamed(fields, "retry", "retry_config");
  if (field === undefined) return readErrorHandling(report, fields);
  const { value: node } = field;
  if (node.kind === "number") {
    return { ...DEFAULTS, maxRetries: wholeNumber(report, field) };
  }
  if (node.kind === "object") {
    const retries = fieldNamed(node.properties, "max_retries");
    const amount = (key: string, least: number, otherwise: number): number => {
      const found = readNumber(report, fieldNamed(node.properties, key));
      if (found === null) return otherwise;
      if (found.value >= least) return found.value;
      report({
        code: readingCode.invalidValue,
        message: `"${key}" must be ${least} or more.`,
        span: found.span,
      });
      return otherwise;
    };
    return {
      maxRetries: retries === undefined ? DEFAULTS.maxRetries : wholeNumber(report, retries),
      initialDelayMs: amount("initial_delay_ms", 0, DEFAULTS.initialDelayMs),
      maxDelayMs: amount("max_delay_ms", 0, DEFAULTS.maxDelayMs),
      backoffMultiplier: amount("backoff_multiplier", 1, DEFAULTS.backoffMultiplier),
    };
  }
  reportType(report, field, "a number of retries, or an object with max_retries");
  return null;
}

/** `error_handling` counts its delay in seconds, and keeps it the same between attempts (facts, section 1.1). */
function readErrorHandling(report: Report, fields: readonly Field[]): RetryPolicy | null {
  const handling = fieldNamed(fields, "error_handling")?.value;
  if (handling?.kind !== "object") return null;
  const retries = fieldNamed(handling.properties, "max_retries");
  const onError = fieldNamed(handling.properties, "on_error")?.value;
  if (retries === undefined && !(onError?.kind === "string" && onError.value === "retry")) return null;
  const delay = readNumber(report, fieldNamed(handling.properties, "retry_delay"));
  const delayMs = delay === null ? DEFAULTS.initialDelayMs : Math.max(0, delay.value * 1000);
  return {
    maxRetries: retries === undefined ? DEFAULTS.maxRetries : wholeNumber(report, retries),
    initialDelayMs: delayMs,
    maxDelayMs: Math.max(delayMs, DEFAULTS.maxDelayMs),
    backoffMultiplier: delay === null ? DEFAULTS.backoffMultiplier : 1,
  };
}

function wholeNumber(report: Report, field: Field): number {
  const found = readNumber(report, field);
  if (found === null) return DEFAULTS.maxRetries;
  if (Number.isInteger(found.value) && found.value >= 0) return found.value;
  report({
    code: readingCode.invalidValue,
    message: `"${field.key}" must be a whole number of retries, 0 or more.`,
    span: found.span,
  });
  return 0;
}
