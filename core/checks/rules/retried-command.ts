import { fieldNamed } from "#core/pipeline";
import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** A command's exit code says nothing of whether trying again helps, so only its time limit is a reason to. */
export function* retriedCommand({ stage, definition }: StageFacts): Iterable<Finding> {
  if (definition?.type !== "command" || stage.retry === null || stage.retry.maxRetries === 0) return;
  // The order in which they are read.
  const field = fieldNamed(stage.fields, "retry", "retry_config", "error_handling");
  yield {
    rule: "retried-command",
    message:
      "A command that ends with an exit code is not tried again, only one that took longer than its timeout. To try again whatever went wrong, put the stage into the try_stages of a trycatch with max_retries.",
    span: field?.keySpan ?? stage.idSpan,
  };
}
