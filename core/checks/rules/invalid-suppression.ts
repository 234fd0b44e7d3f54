import { didYouMean } from "../did-you-mean.ts";
import type { Finding } from "../finding.ts";
import { rules } from "../rules.ts";
import { type Suppressions, suppressionKey } from "../suppressions.ts";

/** `$ignore` names rules, and only such as can be left unsaid. */
export function* invalidSuppression({ entries, unreadable }: Suppressions): Iterable<Finding> {
  for (const { written, rule, span } of entries) {
    if (rule !== undefined && rule.fixed !== true) continue;
    const message =
      rule === undefined
        ? `There is no check "${written}".${didYouMean(written, namesAndCodes)}`
        : `"${written}" cannot be ignored. Remove it.`;
    yield { rule: "invalid-suppression", message, span, fix: { kind: "remove" } };
  }
  for (const { span } of unreadable) {
    yield {
      rule: "invalid-suppression",
      message: `"${suppressionKey}" is a list of checks such as ["FM1218"], or an object that says why: {"FM1218": "kept for the tests"}.`,
      span,
    };
  }
}

const namesAndCodes = rules.flatMap(({ name, code }) => [name, code]);
