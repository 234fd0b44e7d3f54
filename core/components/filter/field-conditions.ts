import type { Json, JsonObject } from "#core/ports";
import { failed, type StageOutcome } from "../implementation.ts";
import { followPath } from "../json-path.ts";

type Verdict = { readonly ok: true; readonly value: boolean } | (StageOutcome & { readonly ok: false });

/**
 * Whether every field meets its condition: equal to a value, one of a list, or all comparisons of an object whose keys
 * are `eq ne gt gte lt lte in not_in contains exists`, each with or without `$`.
 */
export function meetsFieldConditions(value: Json, conditions: JsonObject, missing: "met" | "unmet"): Verdict {
  for (const [path, wanted] of Object.entries(conditions)) {
    const target = followPath(value, path);
    if (target === undefined) {
      return failed(
        "VALIDATION",
        `field_conditions: "${path}" is no path. Write it as user.emails[0].`,
        "field_conditions",
      );
    }
    const verdict = target.found ? meets(path, target.value, wanted) : meetsMissing(wanted, missing);
    if (!verdict.ok || !verdict.value) return verdict;
  }
  return { ok: true, value: true };
}

function meetsMissing(wanted: Json, missing: "met" | "unmet"): Verdict {
  const exists = isComparison(wanted) ? (wanted["exists"] ?? wanted["$exists"]) : undefined;
  return { ok: true, value: exists === undefined ? missing === "met" : exists === false };
}

function meets(path: string, actual: Json, wanted: Json): Verdict {
  if (Array.isArray(wanted))
    return { ok: true, value: wanted.some((option: Json) => equals(actual, option)) };
  if (!isComparison(wanted)) return { ok: true, value: equals(actual, wanted) };
  for (const [operator, operand] of Object.entries(wanted)) {
    const verdict = compare(path, actual, operator.replace("$", ""), operand);
    if (!verdict.ok || !verdict.value) return verdict;
  }
  return { ok: true, value: true };
}

const operators = new Set(["eq", "ne", "gt", "gte", "lt", "lte", "in", "not_in", "contains", "exists"]);

function isComparison(wanted: Json): wanted is JsonObject {
  if (typeof wanted !== "object" || wanted === null || Array.isArray(wanted)) return false;
  const keys = Object.keys(wanted);
  return keys.length > 0 && keys.every((key) => operators.has(key.replace("$", "")));
}

function compare(path: string, actual: Json, operator: string, operand: Json): Verdict {
  const answer = (value: boolean): Verdict => ({ ok: true, value });
  switch (operator) {
    case "eq":
      return answer(equals(actual, operand));
    case "ne":
      return answer(!equals(actual, operand));
    case "exists":
      return answer(operand !== false);
    case "in":
    case "not_in":
      if (!Array.isArray(operand)) return incomparable(path, operator, "a list to look in");
      return answer(operand.some((option: Json) => equals(actual, option)) === (operator === "in"));
    case "contains":
      if (typeof actual === "string" && typeof operand === "string") return answer(actual.includes(operand));
      if (!Array.isArray(actual)) return incomparable(path, operator, "a text or a list in the data");
      return answer(actual.some((member: Json) => equals(member, operand)));
    default:
      return order(path, actual, operator, operand);
  }
}

function order(path: string, actual: Json, operator: string, operand: Json): Verdict {
  const areNumbers = typeof actual === "number" && typeof operand === "number";
  const areTexts = typeof actual === "string" && typeof operand === "string";
  if (!areNumbers && !areTexts) return incomparable(path, operator, "two numbers or two texts");
  const isEqual = actual === operand;
  const isLess = actual < operand;
  const holds = { lt: isLess, lte: isLess || isEqual, gt: !isLess && !isEqual, gte: !isLess }[operator];
  return { ok: true, value: holds === true };
}

function incomparable(path: string, operator: string, needs: string): StageOutcome & { readonly ok: false } {
  return failed("VALIDATION", `field_conditions: ${operator} at ${path} needs ${needs}.`, "field_conditions");
}

function equals(left: Json, right: Json): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((item: Json, index) => equals(item, right[index] ?? null));
  }
  // Neither is a list: the checks above do not narrow readonly arrays away.
  const [a, b] = [left as JsonObject, right as JsonObject];
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equals(a[key] ?? null, b[key] ?? null))
  );
}
