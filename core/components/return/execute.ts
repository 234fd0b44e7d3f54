import { decisiveValue } from "../decisive-value.ts";
import { isTruthy } from "../deferred-fields.ts";
import { implement } from "../implementation.ts";
import { returnEarly } from "./definition.ts";

/** Decides whether the pipeline ends here. */
export const returnImplementation = implement(returnEarly, (call) => {
  const { return_value = null, message = null, status } = call.inputs;
  const condition = decisiveValue(call, call.inputs);
  if (!condition.ok) return condition;
  const returns = isTruthy(condition.decisive);
  const output = { should_return: returns, return_value, message, status, remaining_stages: [] };
  if (!returns) return { ok: true, output };
  return { ok: true, output, directive: { kind: "return", value: return_value, status, message } };
});
