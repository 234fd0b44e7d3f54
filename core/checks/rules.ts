import type { RuleEntry } from "./rule-entry.ts";
import { ruleTable } from "./rule-table.ts";

/** The name of a rule: `unknown-stage`. */
export type RuleName = keyof typeof ruleTable;

/** A rule as the documentation, settings and SARIF show it. */
export interface CheckRule extends RuleEntry {
  readonly name: RuleName;
  /** Its heading in docs/checks.md. */
  readonly anchor: string;
}

/** Every rule, in the order of the codes. */
export const rules: readonly CheckRule[] = Object.entries(ruleTable).map(([name, entry]) => ({
  // Object.entries gives the keys back as any text.
  name: name as RuleName,
  ...entry,
  anchor: `${entry.code.toLowerCase()}-${name}`,
}));

const byCodeOrName: ReadonlyMap<string, CheckRule> = new Map(
  rules.flatMap((rule) => [
    [rule.code, rule],
    [rule.name, rule],
  ]),
);

/** The rule of a code (`FM1203`) or of a name (`unknown-stage`). */
export function ruleOf(codeOrName: string): CheckRule | undefined {
  return byCodeOrName.get(codeOrName);
}
