import type { Json } from "#core/ports";
import { compileField, type FieldValue, isTruthy } from "../deferred-fields.ts";
import { type Call, failed, implement, type StageOutcome } from "../implementation.ts";
import { filter } from "./definition.ts";
import { meetsFieldConditions } from "./field-conditions.ts";

/** Tests the data, or each of its items. A test that cannot be made is a failure, never a no. */
export const filterImplementation = implement(filter, (call) => {
  const { data, condition, field_conditions, filter_mode } = call.inputs;
  if (condition === undefined && field_conditions === undefined) {
    return failed("VALIDATION", `filter needs "condition" or "field_conditions".`, "condition");
  }
  const test = testOf(call);
  if (filter_mode === "pass_fail") return passOrFail(call, test, data);
  if (Array.isArray(data)) return keepItems(call, test, data);
  return failed("VALIDATION", `In mode filter_array "data" has to be a list. It is ${kindOf(data)}.`, "data");
});

type FilterCall = Call<(typeof filter.input)["_zod"]["output"]>;
type Test = (value: Json) => FieldValue;

function testOf(call: FilterCall): Test {
  const { data, condition, field_conditions, pass_if_missing, invert } = call.inputs;
  const evaluateCondition =
    typeof condition === "string"
      ? compileField(call, "condition", condition)
      : (): FieldValue => ({ ok: true, value: condition ?? true });
  return (value) => {
    if (value === null && pass_if_missing) return { ok: true, value: !invert };
    const holds = evaluateCondition({ data, item: value });
    if (!holds.ok) return holds;
    if (!isTruthy(holds.value) || field_conditions === undefined)
      return { ok: true, value: isTruthy(holds.value) !== invert };
    const met = meetsFieldConditions(value, field_conditions, pass_if_missing ? "met" : "unmet");
    return met.ok ? { ok: true, value: met.value !== invert } : met;
  };
}

function passOrFail(call: FilterCall, test: Test, data: Json): StageOutcome {
  const result = test(data);
  if (!result.ok) return result;
  const passed = result.value === true;
  const condition =
    call.inputs.condition === undefined ? "The field conditions" : `The condition ${call.inputs.condition}`;
  const holds = passed !== call.inputs.invert ? "hold" : "do not hold";
  return {
    ok: true,
    output: {
      passed,
      data: passed ? data : null,
      filtered_count: passed ? 0 : 1,
      reason: `${condition}: ${holds}${call.inputs.invert ? ", inverted" : ""}.`,
    },
  };
}

function keepItems(call: FilterCall, test: Test, items: readonly Json[]): StageOutcome {
  const kept: Json[] = [];
  for (const [index, item] of items.entries()) {
    const result = test(item);
    if (!result.ok) return atItem(result, index);
    if (result.value === true) kept.push(item);
  }
  return {
    ok: true,
    output: {
      passed: kept.length > 0,
      data: kept,
      filtered_count: items.length - kept.length,
      reason: `${kept.length} of ${items.length} items passed.`,
    },
  };
}

function atItem({ failure }: StageOutcome & { readonly ok: false }, index: number): StageOutcome {
  return { ok: false, failure: { ...failure, message: `${failure.message} (item ${index})` } };
}

function kindOf(value: Json): string {
  return value === null ? "null" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}
