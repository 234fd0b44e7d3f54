import type { Problem, Severity } from "#core/pipeline";
import { didYouMean } from "./did-you-mean.ts";
import { type RuleName, ruleOf, rules } from "./rules.ts";

/** How grave a rule's findings are taken to be where it is not as the table says. */
export type Severities = ReadonlyMap<RuleName, Severity | "off">;

/** Severities as they are written in a setting or in flowmason.json, and what is wrong with them, in sentences. */
export interface ReadSeverities {
  readonly severities: Severities;
  readonly faults: readonly string[];
}

const levels: ReadonlyMap<unknown, Severity | "off"> = new Map(
  (["error", "warning", "information", "hint", "off"] as const).map((level) => [level, level]),
);

/** Reads severities by code or name: `{"FM1218": "off", "unknown-stage-field": "error"}`. */
export function readSeverities(written: Readonly<Record<string, unknown>>): ReadSeverities {
  const severities = new Map<RuleName, Severity | "off">();
  const faults: string[] = [];
  for (const [key, value] of Object.entries(written)) {
    const rule = ruleOf(key);
    const level = levels.get(value);
    if (rule === undefined) faults.push(`There is no check "${key}".${didYouMean(key, namesAndCodes)}`);
    else if (level === undefined)
      faults.push(`The severity of ${key} must be one of ${[...levels.values()].join(", ")}.`);
    else if (rule.fixed === true) faults.push(`The severity of ${key} cannot be changed.`);
    else severities.set(rule.name, level);
  }
  return { severities, faults };
}

/** The problems with these severities, without those that are switched off. */
export function withSeverities(problems: readonly Problem[], severities: Severities): readonly Problem[] {
  if (severities.size === 0) return problems;
  return problems.flatMap((problem) => {
    const rule = ruleOf(problem.code);
    const level = rule === undefined ? undefined : severities.get(rule.name);
    if (level === undefined || level === problem.severity) return [problem];
    return level === "off" ? [] : [{ ...problem, severity: level }];
  });
}

const namesAndCodes = rules.flatMap(({ name, code }) => [name, code]);
