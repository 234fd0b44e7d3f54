import { evaluateField, isTruthy } from "../deferred-fields.ts";
import { implement } from "../implementation.ts";
import { conditional } from "./definition.ts";

/** Decides for one of two branches. */
export const conditionalImplementation = implement(conditional, (call) => {
  const { condition, condition_expression, true_branch_stages, false_branch_stages, pass_data } = call.inputs;
  const value = evaluateField(call, "condition", condition, {});
  if (!value.ok) return value;
  const decisive =
    condition_expression === undefined
      ? value
      : evaluateField(call, "condition_expression", condition_expression, { value: value.value });
  if (!decisive.ok) return decisive;
  const holds = isTruthy(decisive.value);
  return {
    ok: true,
    output: {
      branch_taken: holds ? "true" : "false",
      condition_value: value.value,
      condition_result: holds,
      data: pass_data ?? null,
    },
    directive: {
      kind: "branch",
      taken: holds ? "true" : "false",
      enable: holds ? true_branch_stages : false_branch_stages,
      skip: holds ? false_branch_stages : true_branch_stages,
    },
  };
});
