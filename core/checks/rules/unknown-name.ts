import { nearest } from "#core/expressions";
import { expressionRoots } from "#core/pipeline";
import { question, segmentFix } from "../did-you-mean.ts";
import type { Finding } from "../finding.ts";
import { localNames } from "../local-names.ts";
import type { PipelineView } from "../pipeline-view.ts";
import { referenceSpan, severityOfUnknown } from "../resolve-references.ts";
import type { StageFacts } from "../stage-facts.ts";

/** Every name in an expression must stand for something: a stage, a root, a variable of the place. */
export function* unknownName(facts: StageFacts, view: PipelineView): Iterable<Finding> {
  // In a child pipeline it may be a stage of the parent.
  if (view.inherits) return;
  for (const resolved of view.referencesOf(facts)) {
    if (resolved.kind !== "unknown-name") continue;
    const near = [...resolved.expression.names, ...localNames(view, facts.stage), ...expressionRoots];
    const meant = nearest(resolved.name, near) ?? nearest(resolved.name, view.stageIds());
    yield {
      rule: "unknown-name",
      severity: severityOfUnknown(resolved),
      message: `Nothing is called "${resolved.name}" here.${question(meant) || howToName}`,
      span: referenceSpan(resolved, 0),
      ...segmentFix(resolved, 0, meant),
    };
  }
}

const howToName = ' The pipeline\'s input is "input", the output of a stage "upstream.<id>".';
