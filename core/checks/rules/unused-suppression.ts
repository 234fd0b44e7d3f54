import type { Finding } from "../finding.ts";
import type { Suppression } from "../suppressions.ts";

/** What is ignored must be there: else it would hide what comes later. */
export function* unusedSuppression(
  entries: readonly Suppression[],
  used: ReadonlySet<Suppression>,
): Iterable<Finding> {
  for (const entry of entries) {
    if (entry.rule === undefined || entry.rule.fixed === true || used.has(entry)) continue;
    yield {
      rule: "unused-suppression",
      message: `${entry.rule.code} (${entry.rule.name}) is not found here, so there is nothing to ignore. Remove this entry.`,
      span: entry.span,
      fix: { kind: "remove" },
    };
  }
}
