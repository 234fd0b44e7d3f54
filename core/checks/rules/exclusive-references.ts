import type { Stage } from "#core/pipeline";
import type { Finding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import { referenceSpan } from "../resolve-references.ts";
import type { StageFacts } from "../stage-facts.ts";

/**
 * A stage that reads two stages of which only one runs is always skipped with the other. Guarded reads are fine:
 * what was skipped is null then.
 */
export function* exclusiveReferences(facts: StageFacts, view: PipelineView): Iterable<Finding> {
  const read = new Map<string, { readonly branching: Stage; readonly arm: string; readonly stage: string }>();
  for (const resolved of view.referencesOf(facts)) {
    if (resolved.kind !== "stage" || resolved.reference.guarded || resolved.expression.place === "output")
      continue;
    for (const enabled of view.enablersOf(resolved.stage)) {
      const other = read.get(enabled.branching.id);
      if (other === undefined) {
        read.set(enabled.branching.id, { ...enabled, stage: resolved.stage.id });
        continue;
      }
      if (other.arm === enabled.arm || other.stage === resolved.stage.id) continue;
      yield {
        rule: "exclusive-references",
        message: `"${other.stage}" and "${resolved.stage.id}" are in different branches of "${enabled.branching.id}", so one of them is always skipped, and this stage with it. Write "?? null" behind each, or join the branches with trigger rules.`,
        span: referenceSpan(resolved, resolved.pathFrom - 1),
        related: [
          { message: "One branch", stage: other.stage, span: null },
          { message: "The other branch", stage: resolved.stage.id, span: null },
        ],
      };
    }
  }
}
