import { evaluate, isTrue, type Scope } from "#core/expressions";
import type { Terms } from "./terms.ts";

/** A breakpoint that can stop, with what has become of it in this session. */
export interface Mark {
  /** What the client knows it by. */
  readonly id: number;
  readonly terms: Terms;
  /** How often the run came to it with its condition holding. */
  hits: number;
  /** What was said of its failures, so that each is said once and not in each round of a loop. */
  readonly told: Set<string>;
}

/** What a breakpoint writes to the console: what it logs, or why it could not do what it was told. */
export type MarkOutput = (text: string, channel: "log" | "failure") => void;

/**
 * The run has come to the mark: whether it stops there. What its expressions see is `scope`; they cannot change
 * anything. A condition that fails does not stop, as in other debuggers, and is written about once.
 */
export function stopsAt(mark: Mark, scope: () => Scope, write: MarkOutput): boolean {
  const { condition, hit, log } = mark.terms;
  const options = { now: new Date().toISOString() };
  const fail = (what: string, message: string): false => {
    const text = `${what} of a breakpoint failed: ${message}`;
    if (!mark.told.has(text)) write(text, "failure");
    mark.told.add(text);
    return false;
  };
  if (condition !== null) {
    const holds = evaluate(condition, scope(), options);
    if (!holds.ok) return fail(`The condition "${condition.text}"`, holds.error.message);
    if (!isTrue(holds.value)) return false;
  }
  mark.hits += 1;
  if (hit !== null && !hit.meets(mark.hits)) return false;
  if (log === null) return true;
  const said = evaluate(log, scope(), options);
  if (!said.ok) return fail("The log message", said.error.message);
  write(typeof said.value === "string" ? said.value : JSON.stringify(said.value), "log");
  return false;
}
