import type { ReadSpan } from "./read-otlp.ts";

/**
 * The text of a pipeline with a stage for each span, in the order in which they began, for those who look at the record
 * to have something to look at. It cannot run: what a span did is in no trace.
 */
export function pipelineOfTrace(
  name: string,
  stages: ReadonlyMap<ReadSpan, string>,
  componentOf: (span: ReadSpan) => string,
): string {
  const pipeline = {
    name,
    version: "1.0.0",
    description: "Made of a trace: a stage for each of its spans. It cannot run.",
    stages: Array.from(stages, ([span, id]) => ({
      id,
      ...(span.name === id || span.name === "" ? {} : { name: span.name }),
      component_type: componentOf(span),
    })),
  };
  return `${JSON.stringify(pipeline, null, 2)}\n`;
}
