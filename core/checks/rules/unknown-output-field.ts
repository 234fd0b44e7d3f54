import { nearest } from "#core/expressions";
import { question, segmentFix } from "../did-you-mean.ts";
import type { Finding } from "../finding.ts";
import { ownerFields } from "../local-names.ts";
import type { PipelineView } from "../pipeline-view.ts";
import { referenceSpan } from "../resolve-references.ts";
import { type StageFacts, stageFacts } from "../stage-facts.ts";

/** `upstream.stage.field` must be a field that the stage's component has in its output, where those are known. */
export function* unknownOutputField(facts: StageFacts, view: PipelineView): Iterable<Finding> {
  for (const resolved of view.referencesOf(facts)) {
    if (resolved.kind !== "stage" || resolved.reference.guarded) continue;
    const { stage: target, path, pathFrom } = resolved;
    const { definition, outputNames } = stageFacts(view.document, target, view.project.definitions);
    if (definition === undefined || outputNames === null) continue;
    const wholeOutput = path[0] === "output" && !Object.hasOwn(definition.output.shape, "output");
    const name = wholeOutput ? path[1] : path[0];
    if (typeof name !== "string" || outputNames.has(name)) continue;
    const around = view.ownersOf(facts.stage).filter(({ owner }) => owner === target);
    if (around.some((ownership) => ownerFields(ownership).includes(name))) continue;
    const meant = nearest(name, outputNames);
    const segment = pathFrom + (wholeOutput ? 1 : 0);
    const hint = question(meant) || ` It has ${[...outputNames].join(", ")}.`;
    yield {
      rule: "unknown-output-field",
      message: `The output of "${target.id}" has no "${name}".${hint}`,
      span: referenceSpan(resolved, segment),
      ...segmentFix(resolved, segment, meant),
    };
  }
}
