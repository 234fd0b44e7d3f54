import { effectRules } from "./rule-table/effect-rules.ts";
import { fieldRules } from "./rule-table/field-rules.ts";
import { inheritanceRules } from "./rule-table/inheritance-rules.ts";
import { meaningRules } from "./rule-table/meaning-rules.ts";
import { textRules } from "./rule-table/text-rules.ts";

/**
 * Every rule by its name: the one table that codes, documentation, settings and SARIF come from. A code is for ever:
 * one that is given up, as FM1102 is, is not given again. Reasons of the planner are FM2xxx.
 */
export const ruleTable = {
  ...textRules,
  ...fieldRules,
  ...meaningRules,
  ...inheritanceRules,
  ...effectRules,
} as const;
