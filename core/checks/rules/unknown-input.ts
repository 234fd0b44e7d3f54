import { nearest } from "#core/expressions";
import { question, segmentFix } from "../did-you-mean.ts";
import type { Finding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import { referenceSpan } from "../resolve-references.ts";
import type { StageFacts } from "../stage-facts.ts";
import type { Names } from "../structure.ts";

/** `input.x` should be in the pipeline's `input_schema`, where that says what there is. */
export function* unknownInput(facts: StageFacts, view: PipelineView, { inputs }: Names): Iterable<Finding> {
  if (inputs.length === 0 || view.inherits) return;
  for (const resolved of view.referencesOf(facts)) {
    if (resolved.kind !== "input" || resolved.reference.guarded) continue;
    const [name] = resolved.reference.path;
    if (typeof name !== "string" || inputs.includes(name)) continue;
    const meant = nearest(name, inputs);
    yield {
      rule: "unknown-input",
      message: `The input_schema has no "${name}".${question(meant) || " Add it there, so that a run can ask for it."}`,
      span: referenceSpan(resolved, 1),
      ...segmentFix(resolved, 1, meant),
    };
  }
}
