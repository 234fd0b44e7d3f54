import { decisiveValue } from "../decisive-value.ts";
import { isTruthy } from "../deferred-fields.ts";
import { implement } from "../implementation.ts";
import { conditional } from "./definition.ts";

/** Decides for one of two branches. */
export const conditionalImplementation = implement(conditional, (call) => {
  const { true_branch_stages, false_branch_stages, pass_data } = call.inputs;
  const condition = decisiveValue(call, call.inputs);
  if (!condition.ok) return condition;
  const holds = isTruthy(condition.decisive);
  return {
    ok: true,
    output: {
      branch_taken: holds ? "true" : "false",
      condition_value: condition.value,
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
