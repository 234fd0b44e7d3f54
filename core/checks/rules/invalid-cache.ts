import { cacheRefusal, inputFieldOf } from "#core/component-definitions";
import { readCache } from "#core/pipeline";
import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** A cache that a run cannot use: a part of it is wrong, or the output of such a stage cannot be kept. */
export function* invalidCache({ stage, definition }: StageFacts): Iterable<Finding> {
  const { field, cache, faults } = readCache(stage.fields);
  if (field === null) return;
  for (const { span, message } of faults) yield { rule: "invalid-cache", message, span };
  if (definition === undefined) return;
  const refusal = cacheRefusal(definition);
  if (refusal !== null) yield { rule: "invalid-cache", message: refusal, span: field.keySpan };
  for (const { value, span } of cache?.inputs ?? []) {
    if (inputFieldOf(definition, value) !== undefined) continue;
    const inputs = Object.keys(definition.input.shape).join(", ");
    const message = `A ${definition.type} has no input "${value}" for its cache. It has ${inputs}.`;
    yield { rule: "invalid-cache", message, span };
  }
}
