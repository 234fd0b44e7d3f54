import * as z from "zod";
import { outputConfigSchema } from "./output-config-schema.ts";
import { modelSettings, secretNames, values } from "./shared-schemas.ts";
import { stageSchema } from "./stage-schema.ts";

/**
 * The shape of a pipeline in canonical form (dialect L1 of the facts), for types, the published JSON Schema and
 * completion. A function, so that a bundle that does not call it does not carry zod. Reading a file needs no schema:
 * {@link parsePipeline} gives problems with ranges.
 */
export function pipelineSchema() {
  return z
    .looseObject({
      $schema: z
        .string()
        .optional()
        .describe(
          "For editors: the address of this schema. FlowMason knows it by heart and fetches nothing.",
        ),
      id: z.string().optional().describe("Name for machines; other pipelines may call it by this."),
      name: z.string().min(1).describe("Name of the pipeline; other pipelines call and extend it by this."),
      version: z.string().optional().describe("Semantic version: 1.0.0"),
      description: z.string().optional().describe("What the pipeline is for, in words."),
      stages: z
        .array(stageSchema())
        .describe("The steps, in any order: depends_on and expressions order them."),
      input_schema: jsonSchema().optional().describe("JSON Schema of the input; its defaults are filled in."),
      output_schema: jsonSchema().optional().describe("JSON Schema of the output."),
      output_stage_id: z
        .string()
        .optional()
        .describe(
          "The stage whose output is the pipeline's; without it the last that succeeded, or all of those.",
        ),
      sample_input: values().optional().describe("Input for runs that are given none."),
      extends: z
        .string()
        .optional()
        .describe("The pipeline this one takes its stages from: name or name@version."),
      abstract: z.boolean().optional().describe("true: it cannot run, only be extended."),
      overrides: z
        .object({})
        .catchall(values())
        .optional()
        .describe("Changes of inherited stages: id -> the fields that differ, joined at any depth."),
      compositions: z
        .array(compositionSchema())
        .optional()
        .describe("Other pipelines that run as parts of this one."),
      concurrency: z
        .union([
          z.looseObject({
            max_parallel: z.int().min(1).optional().describe("How many stages run at the same time."),
          }),
          z.int().min(1),
        ])
        .optional()
        .describe("How much runs at the same time."),
      timeout: z
        .union([z.number().positive(), z.string()])
        .optional()
        .describe('Limit for the whole run: text like "5m", or a number of seconds.'),
      budget: z
        .looseObject({
          tokens: z.int().min(1).optional().describe("Tokens asked and answered, together."),
          cost_usd: z
            .number()
            .min(0)
            .optional()
            .describe(
              "US dollars. Without a known price of each model that is asked the run does not start.",
            ),
          wall_time: z
            .union([z.number().positive(), z.string()])
            .optional()
            .describe('Text like "10m", or a number of seconds.'),
        })
        .optional()
        .describe(
          "What a run of this pipeline may use at most, and each call of it by another: it stops, failed, when it goes over.",
        ),
      env: z
        .object({})
        .catchall(z.union([z.string(), z.number(), z.boolean()]))
        .optional()
        .describe("Variables that expressions read as {{ env.NAME }}; they go over the environment's."),
      secrets: secretNames()
        .optional()
        .describe('Names of secrets, or name -> {"env" or "vault", "required", "description"}.'),
      defaults: modelSettings().optional().describe("Provider, model and more for stages that do not say."),
      output_config: outputConfigSchema().optional(),
      layout: z
        .object({})
        .catchall(values())
        .optional()
        .describe("Places on the canvas, a line for each stage, sorted by id."),
      category: z.string().nullable().optional().describe("Where a gallery shows it."),
      tags: z.array(z.string()).optional().describe("Words to find it by."),
      metadata: values().optional().describe("Whatever tools keep about it."),
    })
    .meta({ id: "pipeline", description: "A FlowMason pipeline." });
}

/** A pipeline in canonical form, as {@link pipelineSchema} describes it. */
export type CanonicalPipeline = z.infer<ReturnType<typeof pipelineSchema>>;

/** The JSON Schema of canonical form, draft 7, which every editor knows. What components take is not in it. */
export function pipelineJsonSchema() {
  return z.toJSONSchema(pipelineSchema(), { io: "input", target: "draft-7" });
}

function jsonSchema() {
  return z.union([values(), z.boolean()]);
}

function compositionSchema() {
  return z.looseObject({
    id: z.string().optional().describe("Its name among the stages."),
    pipeline: z.string().optional().describe("The pipeline: name or name@version."),
    input_mapping: values().optional().describe("Its input."),
    output_mapping: values().optional().describe("Name in this pipeline -> path in its output."),
    depends_on: z.array(z.string()).optional().describe("Ids of stages that must end first."),
  });
}
