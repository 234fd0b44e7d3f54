import { readApproval } from "#core/pipeline";
import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** What a stage says of the approval it needs must be a question. */
export function* invalidApproval({ stage }: StageFacts): Iterable<Finding> {
  const written = readApproval(stage);
  if (written.kind === "unusable")
    yield { rule: "invalid-approval", message: written.message, span: written.span };
}
