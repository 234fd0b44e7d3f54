import {
  fieldNamed,
  hasMatrix,
  type JsonValue,
  nodeToJson,
  readStrategy,
  strategyFault,
  strategyFields,
} from "#core/pipeline";
import { isConstant } from "../constant.ts";
import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** A matrix must give legs to run, as far as it is known; what has templates is known only in a run. */
export function* invalidMatrix({ stage }: StageFacts): Iterable<Finding> {
  const strategy = fieldNamed(stage.fields, "strategy");
  if (strategy === undefined || !hasMatrix(stage)) return;
  const fields = strategyFields(stage);
  const known: [string, JsonValue][] = [];
  for (const { key, value } of new Map(fields.map((field) => [field.key, field])).values())
    if (isConstant(value)) known.push([key, nodeToJson(value)]);
  const read = readStrategy(new Map(known));
  const fault = strategyFault(stage) ?? (read.ok ? null : read.fault);
  if (fault === null) return;
  const at = fields.findLast(({ key }) => key === fault.field);
  yield {
    rule: "invalid-matrix",
    message: fault.message,
    span: at?.value.span ?? strategy.keySpan,
  };
}
