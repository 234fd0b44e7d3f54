import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** What cannot be read as an expression would fail the stage. */
export function* expressionSyntax({ expressions }: StageFacts): Iterable<Finding> {
  for (const { parsed, spanOf } of expressions) {
    for (const { message, start, end } of parsed.problems) {
      yield { rule: "expression-syntax", message, span: spanOf({ start, end }) };
    }
  }
}
