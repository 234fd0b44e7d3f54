import type { Json } from "#core/ports";
import { evaluateField, type FieldValue } from "./deferred-fields.ts";
import type { Call } from "./implementation.ts";

/** The two fields that decide, of stages that have them. */
export interface ConditionFields {
  readonly condition: Json;
  readonly condition_expression?: Json | undefined;
}

/** What a condition comes to, and what is decided by: `condition_expression`, which sees it as `value`, else itself. */
export type DecisiveValue =
  | { readonly ok: true; readonly value: Json; readonly decisive: Json }
  | Extract<FieldValue, { ok: false }>;

/** Evaluates the condition of a call. */
export function decisiveValue(call: Call<unknown>, fields: ConditionFields): DecisiveValue {
  const { condition, condition_expression } = fields;
  const read = evaluateField(call, "condition", condition, {});
  if (!read.ok) return read;
  const { value } = read;
  if (condition_expression === undefined) return { ok: true, value, decisive: value };
  const decisive = evaluateField(call, "condition_expression", condition_expression, { value });
  return decisive.ok ? { ok: true, value, decisive: decisive.value } : decisive;
}
