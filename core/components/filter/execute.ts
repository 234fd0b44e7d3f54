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
  if (Array.isArray(data)) return keepItems(test, data);
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
  const holds = (value: Json): FieldValue => {
    if (value === null && pass_if_missing) return { ok: true, value: true };
    const result = evaluateCondition({ data, item: value });
    if (!result.ok || !isTruthy(result.value)) return result;
    if (field_conditions === undefined) return result;
    return meetsFieldConditions(value, field_conditions, pass_if_missing ? "met" : "unmet");
  };
  return (value) => {
    const result = holds(value);
    return result.ok ? { ok: true, value: isTruthy(result.value) !== invert } : result;
  };
}

function passOrFail({ inputs }: FilterCall, test: Test, data: Json): StageOutcome {
  const result = test(data);
  if (!result.ok) return result;
  const passed = result.value === true;
  const tested =
    inputs.condition === undefined ? "the field conditions" : `the condition ${inputs.condition}`;
  const does = passed === inputs.invert ? "does not meet" : "meets";
  return {
    ok: true,
    output: {
      passed,
      data: passed ? data : null,
      filtered_count: passed ? 0 : 1,
      reason: `The data ${does} ${tested}${inputs.invert ? ", and the filter is inverted" : ""}.`,
    },
  };
}

function keepItems(test: Test, items: readonly Json[]): StageOutcome {
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
