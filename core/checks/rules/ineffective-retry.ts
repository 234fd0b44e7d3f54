import { fieldNamed } from "#core/pipeline";
import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** A retry of what is not one attempt: what a loop or a try did cannot be done over as a whole. */
export function* ineffectiveRetry({ stage, definition }: StageFacts): Iterable<Finding> {
  const { fields, retry } = stage;
  if (retry === null || retry.maxRetries === 0 || definition === undefined) return;
  if (definition.insteadOfRetry === null) return;
  // The order in which they are read.
  const field = fieldNamed(fields, "retry", "retry_config", "error_handling");
  yield {
    rule: "ineffective-retry",
    message: `A ${definition.type} is not retried as a whole, so a run will not start. ${definition.insteadOfRetry}`,
    span: field?.keySpan ?? stage.idSpan,
  };
}
