import * as z from "zod";
import { stageSchema, values } from "./stage-schema.ts";

/**
 * The shape of a pipeline in canonical form (dialect L1 of the facts), for types, the published JSON Schema and
 * completion. A function, so that a bundle that does not call it does not carry zod. Reading a file needs no schema:
 * {@link parsePipeline} gives problems with ranges.
 */
export function pipelineSchema() {
  return z
    .looseObject({
      $schema: z.string().optional(),
      id: z.string().optional(),
      name: z.string().min(1).describe("Name of the pipeline; other pipelines call and extend it by this."),
      version: z.string().optional().describe("Semantic version: 1.0.0"),
      description: z.string().optional(),
      stages: z
        .array(stageSchema())
        .describe("The steps, in any order: depends_on and expressions order them."),
      input_schema: jsonSchema().optional().describe("JSON Schema of the input."),
      output_schema: jsonSchema().optional().describe("JSON Schema of the output."),
      output_stage_id: z.string().optional().describe("The stage whose output is the pipeline's."),
      sample_input: values().optional().describe("Input for runs that are given none."),
      extends: z
        .string()
        .optional()
        .describe("The pipeline this one takes its stages from: name or name@version."),
      abstract: z.boolean().optional().describe("true: it cannot run, only be extended."),
      overrides: values().optional().describe("Changes of inherited stages, by id."),
      compositions: z.array(z.unknown()).optional(),
      category: z.string().nullable().optional(),
      tags: z.array(z.string()).optional(),
      concurrency: z.looseObject({ max_parallel: z.int().min(1).optional() }).optional(),
      timeout: z.union([z.number().positive(), z.string()]).optional().describe("Limit for the whole run."),
      env: values().optional(),
      secrets: z.unknown().optional(),
      defaults: values().optional().describe("Provider, model and more for stages that do not say."),
      layout: values().optional().describe("Places on the canvas, one line for each stage."),
      metadata: values().optional(),
    })
    .meta({ id: "pipeline", description: "A FlowMason pipeline." });
}

/** A pipeline in canonical form, as {@link pipelineSchema} describes it. */
export type CanonicalPipeline = z.infer<ReturnType<typeof pipelineSchema>>;

/** The JSON Schema that is published with the extension. */
export function pipelineJsonSchema() {
  return z.toJSONSchema(pipelineSchema(), { io: "input" });
}

function jsonSchema() {
  return z.union([values(), z.boolean()]);
}
