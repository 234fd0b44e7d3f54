import type { Failure, FailureType, Json } from "#core/ports";
import type { ReadSpan } from "./read-otlp.ts";

/** Why a span failed, as far as it says. */
export function failureOfSpan({ events, error, attributes }: ReadSpan): Failure {
  const exception = events.findLast(({ name }) => name === "exception")?.attributes ?? {};
  const named = textOf(exception["exception.type"]) ?? textOf(attributes["error.type"]);
  const message = textOf(exception["exception.message"]) ?? error ?? "";
  const type = failureType(named);
  const said = [type === "UNKNOWN" && named !== null ? `${named}:` : "", message].join(" ").trim();
  return {
    type,
    message: said === "" ? "The trace does not say why." : said,
    recoverable: attributes["flowmason.stage.next"] === "retry",
  };
}

/** The text that a value is; null for any other value. */
export function textOf(value: Json | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** The number that a value is, 0 or more; null for any other value. */
export function countOf(value: Json | undefined): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

const FAILURE_TYPES: Readonly<Record<FailureType, true>> = {
  CONNECTIVITY: true,
  TIMEOUT: true,
  VALIDATION: true,
  EXPRESSION: true,
  TRANSFORMATION: true,
  EXECUTION: true,
  ROUTING: true,
  SECURITY: true,
  RETRY_EXHAUSTED: true,
  CONTROL_FLOW: true,
  CANCELLED: true,
  UNKNOWN: true,
};

function failureType(named: string | null): FailureType {
  // It is a key of the table.
  return named !== null && Object.hasOwn(FAILURE_TYPES, named) ? (named as FailureType) : "UNKNOWN";
}
