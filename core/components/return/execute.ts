import { evaluateField, isTruthy } from "../deferred-fields.ts";
import { implement } from "../implementation.ts";
import { returnEarly } from "./definition.ts";

/** Decides whether the pipeline ends here. */
export const returnImplementation = implement(returnEarly, (call) => {
  const { condition, condition_expression, return_value = null, message = null, status } = call.inputs;
  const value = evaluateField(call, "condition", condition, {});
  if (!value.ok) return value;
  const decisive =
    condition_expression === undefined
      ? value
      : evaluateField(call, "condition_expression", condition_expression, { value: value.value });
  if (!decisive.ok) return decisive;
  const returns = isTruthy(decisive.value);
  const output = { should_return: returns, return_value, message, status, remaining_stages: [] };
  if (!returns) return { ok: true, output };
  return { ok: true, output, directive: { kind: "return", value: return_value, status, message } };
});
