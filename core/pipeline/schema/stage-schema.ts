import * as z from "zod";
import { cacheScopes } from "../settings/stage-cache.ts";
import { ON_ERROR, STAGE_ID, triggerRules } from "../stage/allowed-values.ts";
import { modelSettings, providerName, retryPolicy, secretNames, values } from "./shared-schemas.ts";

/** A stage in canonical form. Unknown keys are kept. */
export function stageSchema() {
  return z
    .looseObject({
      id: z.string().regex(STAGE_ID).describe("Name of the stage in expressions and in depends_on."),
      component_type: z
        .string()
        .min(1)
        .describe(
          "What the stage does: generator, http_request, foreach …, or a component of the project; a range of versions may follow, as in generator@^1.0.0.",
        ),
      name: z.string().optional().describe("Name people read on the canvas."),
      description: z.string().optional().describe("What the stage is for, in words."),
      config: values().optional().describe("Inputs of the component. Text may hold {{ expressions }}."),
      input_mapping: values()
        .optional()
        .describe("Inputs of the component; they count before those of config."),
      outputs: values().optional().describe("Names added to the output; their expressions see `output`."),
      depends_on: z.array(z.string()).optional().describe("Ids of stages that must end first."),
      when: z
        .union([z.string(), z.boolean()])
        .optional()
        .describe("The stage runs only when this expression holds; else it is skipped."),
      trigger_rule: z
        .enum(triggerRules)
        .optional()
        .describe(
          "Which ends of the stages in depends_on let this one run; none_failed_min_one_success if not given.",
        ),
      enabled: z.boolean().optional().describe("false: the stage is skipped."),
      timeout: z
        .union([z.number().positive(), z.string()])
        .optional()
        .describe('Limit for one attempt: text like "30s", "500ms" or "2m", or a number of seconds.'),
      timeout_ms: z
        .number()
        .positive()
        .optional()
        .describe("The limit in milliseconds; canonical form writes timeout."),
      retry: z
        .union([z.int().min(0), retryPolicy()])
        .optional()
        .describe("How often to try again after a failure that may pass, or how in detail."),
      retry_config: retryPolicy().optional().describe("The same as retry, which canonical form writes."),
      on_error: z
        .enum(ON_ERROR)
        .optional()
        .describe("propagate: its failure ends the run. continue: the run goes on, with a null output."),
      provider: providerName(
        "A provider that is known, or one of flowmason.json; those of config count first.",
      ),
      model: z.string().optional().describe("A model of that provider."),
      llm_settings: modelSettings()
        .optional()
        .describe("How a language model is asked, where config does not say."),
      strategy: strategySchema().optional(),
      cache: z
        .union([z.boolean(), cacheSchema()])
        .optional()
        .describe(
          "Takes the output of an earlier run in which nothing was different: true, or what counts and what is kept.",
        ),
      idempotent: z
        .boolean()
        .optional()
        .describe("Running it twice does no more than running it once, so a resumed run may start it again."),
      secrets: secretNames().optional().describe("Names of the secrets that the stage may read."),
      approval: z
        .union([z.boolean(), z.string(), values()])
        .optional()
        .describe("A person must agree before the stage runs: true, the question, or an object with it."),
      container: z
        .unknown()
        .optional()
        .describe("The container image it runs in. Not carried out in this version."),
      services: z
        .unknown()
        .optional()
        .describe("Containers that run beside the stage. Not carried out in this version."),
      artifacts: z
        .unknown()
        .optional()
        .describe("Files that the stage hands on. Not carried out in this version."),
      runs_on: z.unknown().optional().describe("Machines it may run on. Not carried out in this version."),
      resources: z
        .unknown()
        .optional()
        .describe("Processors and memory it may use. Not carried out in this version."),
      position: z
        .looseObject({ x: z.number(), y: z.number() })
        .optional()
        .describe("Place on the canvas; canonical form has it in the top-level layout."),
      tags: z.array(z.string()).optional().describe("Words to find it by."),
      metadata: values().optional().describe("Whatever tools keep about it."),
    })
    .meta({ id: "stage", description: "A step of the pipeline." });
}

/** What counts for the cache of a stage, and what is kept (docs/cache.md). */
function cacheSchema() {
  return z
    .object({
      inputs: z
        .array(z.string())
        .optional()
        .describe("Names of the component's inputs that count; all of them if not given."),
      files: z
        .array(z.string())
        .optional()
        .describe("Paths and patterns of the workspace's files that count by their content: src/**/*.csv"),
      outputs: z
        .array(z.string())
        .optional()
        .describe("Paths and patterns of files that the stage writes; they are kept and come back."),
      env: z.array(z.string()).optional().describe("Names of environment variables that count."),
      scope: z
        .enum(cacheScopes)
        .optional()
        .describe(
          "pipeline: for this pipeline only. workspace: for stages of this id in any of its pipelines.",
        ),
      retention: z.string().optional().describe('How long an output is good for: "12h", "7d" or "4w".'),
    })
    .describe("What counts, and what is kept.");
}

/** As in GitHub Actions: the stage runs once for each combination of the matrix's values. */
function strategySchema() {
  const legs = z.array(values());
  return z
    .looseObject({
      matrix: z
        .union([
          z
            .object({
              include: z
                .union([legs, z.string()])
                .optional()
                .describe("Combinations to add, or values to add to those there are."),
              exclude: z.union([legs, z.string()]).optional().describe("Combinations to leave out."),
            })
            .catchall(z.union([z.array(z.unknown()), z.string()]).describe("The values of one axis.")),
          z.string(),
        ])
        .optional()
        .describe("Name of an axis -> its values; expressions read one as {{ matrix.name }}."),
      fail_fast: z.boolean().optional().describe("Whether one leg's failure ends the others."),
      max_parallel: z.int().min(1).optional().describe("How many legs run at the same time."),
    })
    .describe("Runs the stage several times, once for each combination of values.");
}
