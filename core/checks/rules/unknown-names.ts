import { expressionRoots, type Severity } from "#core/pipeline";
import { didYouMean } from "../did-you-mean.ts";
import type { Finding } from "../finding.ts";
import { localNames } from "../local-names.ts";
import type { PipelineView } from "../pipeline-view.ts";
import { type ResolvedReference, referenceSpan } from "../resolve-references.ts";
import type { StageFacts } from "../stage-facts.ts";

/** Every name in an expression must stand for something: a stage, a root, a variable of the place. */
export function* unknownNames(facts: StageFacts, view: PipelineView): Iterable<Finding> {
  // In a child pipeline it may be a stage of the parent.
  if (view.inherits) return;
  for (const resolved of view.referencesOf(facts)) {
    if (resolved.kind === "unknown-stage") {
      yield {
        code: "unknown-stage",
        severity: severityOf(resolved),
        message: `There is no stage "${resolved.name}".${didYouMean(resolved.name, view.stageIds())}`,
        span: referenceSpan(resolved, resolved.segment),
      };
    } else if (resolved.kind === "unknown-name") {
      const inSight = [
        ...resolved.expression.names,
        ...localNames(view, facts.stage),
        ...expressionRoots,
        ...view.stageIds(),
      ];
      const hint = didYouMean(resolved.name, inSight) || howToName;
      yield {
        code: "unknown-name",
        severity: severityOf(resolved),
        message: `Nothing is called "${resolved.name}" here.${hint}`,
        span: referenceSpan(resolved, 0),
      };
    }
  }
}

/** What is guarded does not fail the stage, but a name that can never stand for anything is no use. */
function severityOf({ reference }: ResolvedReference): Severity {
  return reference.guarded ? "warning" : "error";
}

const howToName = ' The pipeline\'s input is "input", the output of a stage "upstream.<id>".';
