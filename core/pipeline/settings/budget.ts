import type { JsonNode } from "../json-node.ts";
import type { Field } from "../model.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import { parseDuration } from "../stage/read-timeout.ts";

/** What a run may use at most; null where nothing is said. */
export interface Budget {
  /** Tokens asked and answered, together. */
  readonly tokens: number | null;
  /** US dollars. */
  readonly costUsd: number | null;
  readonly wallTimeMs: number | null;
}

/** Nothing is limited. */
export const noBudget: Budget = { tokens: null, costUsd: null, wallTimeMs: null };

/** Reads `budget`: `tokens`, `cost_usd`, and `wall_time` in seconds or as `"10m"`. */
export function readBudget(fields: readonly Field[], faults: { node: JsonNode; message: string }[]): Budget {
  const budget = fieldNamed(fields, "budget")?.value;
  if (budget === undefined || budget.kind === "null") return noBudget;
  if (budget.kind !== "object") {
    const message = '"budget" must be an object with "tokens", "cost_usd" or "wall_time".';
    faults.push({ node: budget, message });
    return noBudget;
  }
  const read = (name: string, value: (node: JsonNode) => number | null, rule: string): number | null => {
    const node = fieldNamed(budget.properties, name)?.value;
    if (node === undefined || node.kind === "null") return null;
    const amount = value(node);
    if (amount === null) faults.push({ node, message: `"budget.${name}" must be ${rule}.` });
    return amount;
  };
  return {
    tokens: read("tokens", tokensOf, "a whole number from 1"),
    costUsd: read("cost_usd", costOf, "a number of US dollars, 0 or more"),
    wallTimeMs: read("wall_time", timeOf, 'seconds above 0, or text such as "30s" or "10m"'),
  };
}

/** A budget with what another says in place of its own. */
export function budgetOver(under: Budget, over: Budget): Budget {
  return {
    tokens: over.tokens ?? under.tokens,
    costUsd: over.costUsd ?? under.costUsd,
    wallTimeMs: over.wallTimeMs ?? under.wallTimeMs,
  };
}

function tokensOf(node: JsonNode): number | null {
  return node.kind === "number" && Number.isInteger(node.value) && node.value > 0 ? node.value : null;
}

function costOf(node: JsonNode): number | null {
  return node.kind === "number" && node.value >= 0 ? node.value : null;
}

function timeOf(node: JsonNode): number | null {
  const ms =
    node.kind === "number" ? node.value * 1000 : node.kind === "string" ? parseDuration(node.value) : null;
  return ms !== null && ms > 0 ? ms : null;
}
