import { absoluteSpan, type PipelineDocument, type Problem, type Span, type Stage } from "#core/pipeline";

/** A reason not to start a run. `span` is absolute. */
export function documentProblem(code: string, message: string, span: Span): Problem {
  return { code, severity: "error", message, span };
}

/** The same about a stage; `span` is relative to the stage's unit, as its spans are. */
export function stageProblem(
  document: PipelineDocument,
  stage: Stage,
  code: string,
  message: string,
  span: Span,
): Problem {
  return { code, severity: "error", message, span: absoluteSpan(document, stage, span), stage: stage.id };
}
