import { SECRET_MISUSE, secretMisuses } from "#core/expressions";
import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** A secret is passed on and nothing else: its value is not there while expressions are evaluated. */
export function* secretOperation({ expressions }: StageFacts): Iterable<Finding> {
  for (const { parsed, references, spanOf } of expressions) {
    if (!references.some(({ root }) => root === "secrets")) continue;
    for (const range of secretMisuses(parsed))
      yield { rule: "secret-operation", message: SECRET_MISUSE, span: spanOf(range) };
  }
}
