import { absoluteSpan, type PipelineDocument, type Problem, type Stage, stageById } from "#core/pipeline";
import type { Finding, RelatedPlace } from "./finding.ts";
import { ruleTable } from "./rule-table.ts";

/** A finding as a problem of the document, with absolute places; `stage` is what its spans are relative to. */
export function problemOf(document: PipelineDocument, stage: Stage | null, finding: Finding): Problem {
  const { rule, severity, message, span, related, fix } = finding;
  return {
    code: ruleTable[rule].code,
    severity: severity ?? ruleTable[rule].severity,
    message,
    span: stage === null ? span : absoluteSpan(document, stage, span),
    ...(stage === null ? {} : { stage: stage.id }),
    ...(fix === undefined ? {} : { fix }),
    ...(related === undefined ? {} : { related: related.flatMap((place) => relatedOf(document, place)) }),
  };
}

function relatedOf(
  document: PipelineDocument,
  { message, stage: id, span }: RelatedPlace,
): NonNullable<Problem["related"]> {
  const stage = stageById(document, id);
  return stage === undefined ? [] : [{ message, span: absoluteSpan(document, stage, span ?? stage.idSpan) }];
}
