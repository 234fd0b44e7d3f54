import { pipelineText } from "./pipelines.ts";

/** Layers of 25 stages, each of which waits for two of the layer before. */
export function largeText(stages: number): string {
  return pipelineText(
    Array.from({ length: stages }, (_, index) => ({
      id: `s${index}`,
      depends_on: index < 25 ? [] : [`s${index - 25}`, `s${index - 25 + (index % 25 === 24 ? -1 : 1)}`],
    })),
  );
}
