import { isTemplate } from "#core/expressions";
import {
  fieldNamed,
  type JsonNode,
  type PipelineDocument,
  type PipelineReference,
  type Span,
  type Stage,
} from "#core/pipeline";

/** A stage that calls a pipeline by a constant name, and where that is written, relative to the stage's unit. */
export interface PipelineCall {
  readonly stage: Stage;
  readonly reference: PipelineReference;
  readonly span: Span;
}

/** The pipelines that a pipeline calls by constant names, in file order. One that is switched off calls nothing. */
export function callsOf(document: PipelineDocument): readonly PipelineCall[] {
  const calls: PipelineCall[] = [];
  for (const stage of document.pipeline.stages) {
    const call = stage.enabled ? callOf(stage) : null;
    if (call !== null) calls.push(call);
  }
  return calls;
}

/** The pipeline that a stage calls by a constant name, or would if it were not switched off; null where there is none. */
export function callOf(stage: Stage): PipelineCall | null {
  if (stage.componentType !== "subpipeline") return null;
  const value = inputOf(stage, "pipeline_id");
  const range = inputOf(stage, "pipeline_version");
  const version = range === undefined || range.kind === "null" ? null : textIn(range);
  const pipeline = value === undefined ? undefined : textIn(value);
  if (value === undefined || pipeline === undefined || version === undefined) return null;
  return { stage, reference: { pipeline, version }, span: value.span };
}

function inputOf({ inputMapping, config }: Stage, field: string): JsonNode | undefined {
  return (fieldNamed(inputMapping, field) ?? fieldNamed(config, field))?.value;
}

function textIn(node: JsonNode): string | undefined {
  return node.kind === "string" && !isTemplate(node.value) ? node.value : undefined;
}
