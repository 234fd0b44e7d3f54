import { declaresNothing } from "../json/declares-nothing.ts";
import type { PipelineDocument } from "../model.ts";
import { fieldNamed } from "../stage/field-reader.ts";

/** Whether a pipeline names others: one it extends, some it is composed of, or one that a stage calls. */
export function namesOtherPipelines({ pipeline }: PipelineDocument): boolean {
  if (pipeline.extends !== null) return true;
  const compositions = fieldNamed(pipeline.fields, "compositions");
  if (compositions !== undefined && !declaresNothing(compositions.value)) return true;
  return pipeline.stages.some(({ componentType }) => componentType === "subpipeline");
}
