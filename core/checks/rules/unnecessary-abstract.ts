import { fieldNamed } from "#core/pipeline";
import type { PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";

/** A pipeline is abstract because something in it is left open. */
export function* unnecessaryAbstract({ document: { pipeline } }: PipelineView): Iterable<PlacedFinding> {
  const field = fieldNamed(pipeline.fields, "abstract");
  if (!pipeline.abstract || field === undefined || pipeline.stages.length === 0) return;
  if (pipeline.stages.some(({ componentType }) => componentType === "abstract")) return;
  yield {
    stage: null,
    rule: "unnecessary-abstract",
    message:
      'This pipeline is abstract, and none of its stages is: it cannot run, though nothing in it is left open. Remove "abstract", or give the stage that a child must fill "component_type": "abstract".',
    span: field.keySpan,
  };
}
