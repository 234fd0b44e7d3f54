import { isTemplate } from "#core/expressions";
import { fieldNamed, type PipelineDocument, type Span, type Stage } from "#core/pipeline";

/** A stage that calls a pipeline by a constant name, and where that is written, relative to the stage's unit. */
export interface PipelineCall {
  readonly stage: Stage;
  readonly reference: string;
  readonly span: Span;
}

/** The pipelines that a pipeline calls by constant names, in file order. One that is switched off calls nothing. */
export function callsOf(document: PipelineDocument): readonly PipelineCall[] {
  const calls: PipelineCall[] = [];
  for (const stage of document.pipeline.stages) {
    if (stage.componentType !== "subpipeline" || !stage.enabled) continue;
    const value = (fieldNamed(stage.inputMapping, "pipeline_id") ?? fieldNamed(stage.config, "pipeline_id"))
      ?.value;
    if (value?.kind === "string" && !isTemplate(value.value))
      calls.push({ stage, reference: value.value, span: value.span });
  }
  return calls;
}
