import { declaresNothing } from "#core/pipeline";
import type { PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";

/** Fields of the pipeline that a later version carries out. */
const later: ReadonlyMap<string, string> = new Map([
  ["compositions", "pipelines composed of others"],
  ["output_config", "delivery of the output"],
  ["secrets", "secrets of a pipeline"],
]);

/** What a run of this version would leave out, so that it will not start. */
export function* pipelineFields({ document: { pipeline } }: PipelineView): Iterable<PlacedFinding> {
  for (const { key, keySpan, value } of pipeline.fields) {
    const feature = later.get(key);
    if (feature === undefined || declaresNothing(value)) continue;
    yield {
      stage: null,
      code: "unsupported-field",
      severity: "error",
      message: `"${key}" is not supported in this version (${feature}), so a run will not start. Remove it, or wait for a later version.`,
      span: keySpan,
    };
  }
  if (pipeline.extends === null) return;
  yield {
    stage: null,
    code: "inheritance-not-available",
    severity: "warning",
    message: `This version does not yet join a pipeline with the one it extends ("${pipeline.extends.value}"): a run will not start, and what the parent has is not checked.`,
    span: pipeline.extends.span,
  };
}
