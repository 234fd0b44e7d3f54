import { type ParsedExpression, type ParsedTemplate, parseExpression } from "#core/expressions";
import { type HitCondition, readHitCondition } from "./hit-condition.ts";
import { parseLogMessage } from "./log-message.ts";

/** On what terms a breakpoint stops, and what it writes instead of stopping; null for what was not asked for. */
export interface Terms {
  readonly condition: ParsedExpression | null;
  readonly hit: HitCondition | null;
  readonly log: ParsedTemplate | null;
}

/** The terms as a client writes them; all kinds of breakpoints have them under these names. */
export interface WrittenTerms {
  readonly condition?: string;
  readonly hitCondition?: string;
  readonly logMessage?: string;
}

/** Terms that can be used, or what is wrong with them. */
export type ReadTerms =
  | { readonly ok: true; readonly terms: Terms }
  | { readonly ok: false; readonly message: string };

/** Reads terms before anything runs, so that a mistake in them shows where it was written. */
export function readTerms({ condition, hitCondition, logMessage }: WrittenTerms): ReadTerms {
  const when = isBlank(condition) ? null : parseExpression(condition);
  const log = isBlank(logMessage) ? null : parseLogMessage(logMessage);
  const hit = isBlank(hitCondition) ? null : readHitCondition(hitCondition);
  const [wrongWhen] = when?.problems ?? [];
  const [wrongLog] = log?.problems ?? [];
  if (wrongWhen !== undefined) return refused(`The condition "${condition}" cannot be read`, wrongWhen);
  if (wrongLog !== undefined) return refused(`The log message "${logMessage}" cannot be read`, wrongLog);
  if (hit?.ok === false) return hit;
  return { ok: true, terms: { condition: when, log, hit: hit?.hit ?? null } };
}

function refused(what: string, { message }: { readonly message: string }): ReadTerms {
  return { ok: false, message: `${what}: ${message}` };
}

/** Clients send an empty text for what a person has deleted. */
function isBlank(text: string | undefined): text is undefined {
  return text === undefined || text.trim() === "";
}
