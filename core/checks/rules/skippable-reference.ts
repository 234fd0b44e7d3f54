import type { Stage } from "#core/pipeline";
import type { Finding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import { referenceSpan } from "../resolve-references.ts";
import type { StageFacts } from "../stage-facts.ts";

/** A stage that reads one that may be skipped is skipped with it, unless the read is guarded. Told once for each. */
export function* skippableReference(facts: StageFacts, view: PipelineView): Iterable<Finding> {
  // It decides for itself when it runs, or is where it is for the same reason.
  if (facts.stage.when !== null || view.enablersOf(facts.stage).length > 0) return;
  const told = new Set<Stage>([facts.stage]);
  for (const resolved of view.referencesOf(facts)) {
    if (resolved.kind !== "stage" || resolved.reference.guarded || resolved.expression.place === "output")
      continue;
    if (told.has(resolved.stage)) continue;
    const reason = whySkipped(view, resolved.stage);
    if (reason === null) continue;
    told.add(resolved.stage);
    yield {
      rule: "skippable-reference",
      message: `"${resolved.stage.id}" ${reason}. When it is skipped, "${facts.stage.id}" is skipped too; write "?? null" behind what is read to run all the same.`,
      span: referenceSpan(resolved, resolved.pathFrom - 1),
      related: [{ message: "The stage that may be skipped", stage: resolved.stage.id, span: null }],
    };
  }
}

function whySkipped(view: PipelineView, stage: Stage): string | null {
  if (!stage.enabled) return "is switched off";
  if (stage.when !== null) return "has a condition";
  const [enabled] = view.enablersOf(stage);
  return enabled === undefined ? null : `runs only in a branch of "${enabled.branching.id}"`;
}
