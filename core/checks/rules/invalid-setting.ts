import { pipelineSettings } from "#core/pipeline";
import type { PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";

/** The pipeline's own `concurrency`, `timeout`, `budget`, `env`, `defaults` and `output_config` must be what a run can use. */
export function* invalidSetting({ document }: PipelineView): Iterable<PlacedFinding> {
  for (const { node, message } of pipelineSettings(document.pipeline.fields).faults) {
    // What cannot be read is told as that.
    if (node.kind !== "error") yield { stage: null, rule: "invalid-setting", message, span: node.span };
  }
}
