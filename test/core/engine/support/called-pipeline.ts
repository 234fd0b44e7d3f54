import type { Json, JsonObject } from "#core/ports";
import { pipelineOf, stage } from "./runs.ts";

/** A stage that calls a pipeline. */
export function call(id: string, config: JsonObject, more: JsonObject = {}): JsonObject {
  return stage(id, "subpipeline", config, more);
}

/** A pipeline with a name to be called by. */
export function named(name: string, ...stages: readonly JsonObject[]): JsonObject {
  return { ...pipelineOf(...stages), name };
}

/** The output of a run that gives an object. */
export function outputOf(result: { readonly output: Json | undefined }): JsonObject {
  // The caller knows which pipeline it ran.
  return result.output as JsonObject;
}

/** A pipeline that gives `n` times `factor`, which is 2 unless given. */
export const double = {
  ...named("double", stage("work", "step", { value: "{{ input.n * input.factor }}" })),
  input_schema: {
    type: "object",
    properties: { n: { type: "number" }, factor: { type: "number", default: 2 } },
    required: ["n"],
  },
};
