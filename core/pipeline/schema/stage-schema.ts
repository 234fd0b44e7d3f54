import * as z from "zod";
import { ON_ERROR, STAGE_ID, triggerRules } from "../stage/allowed-values.ts";

/** A stage in canonical form. Unknown keys are kept. */
export function stageSchema() {
  return z
    .looseObject({
      id: z.string().regex(STAGE_ID).describe("Name of the stage in expressions and in depends_on."),
      component_type: z.string().min(1).describe("What the stage does: generator, http_request, foreach …"),
      name: z.string().optional().describe("Name people read on the canvas."),
      description: z.string().optional(),
      config: values().optional().describe("Inputs of the component. Text may hold {{ expressions }}."),
      input_mapping: values()
        .optional()
        .describe("Inputs of the component; they count before those of config."),
      outputs: values().optional().describe("Names added to the output; their expressions see `output`."),
      depends_on: z.array(z.string()).optional().describe("Ids of stages that must end first."),
      when: condition().optional().describe("The stage runs only when this expression is true."),
      trigger_rule: z
        .enum(triggerRules)
        .optional()
        .describe("Which ends of the stages in depends_on let this one run."),
      enabled: z.boolean().optional().describe("false: the stage is skipped."),
      timeout: z
        .union([z.number().positive(), z.string()])
        .optional()
        .describe('Limit for one attempt: seconds, or text like "30s".'),
      timeout_ms: z.number().positive().optional().describe("Limit for one attempt in milliseconds."),
      retry: z
        .union([retries(), retryPolicy()])
        .optional()
        .describe("How often to try again, or a retry_config."),
      retry_config: retryPolicy().optional(),
      on_error: z.enum(ON_ERROR).optional().describe("continue: the run goes on with a null output."),
      llm_settings: modelSettings().optional(),
      position: z.looseObject({ x: z.number(), y: z.number() }).optional().describe("Place on the canvas."),
      cache: z.unknown().optional().describe("Take the output of an earlier run with the same inputs."),
      strategy: z.looseObject({ matrix: values().optional() }).optional(),
      idempotent: z.boolean().optional().describe("Running it twice does no more than running it once."),
      secrets: z.unknown().optional().describe("Names of secrets the stage may read."),
      approval: z.unknown().optional().describe("A person must agree before the stage runs."),
      container: z.unknown().optional(),
      services: z.unknown().optional(),
      artifacts: z.unknown().optional(),
      runs_on: z.unknown().optional(),
      resources: z.unknown().optional(),
    })
    .meta({ id: "stage", description: "A step of the pipeline." });
}

/** Values by name; `z.record` would lose the key `__proto__`. */
export function values() {
  return z.looseObject({});
}

function condition() {
  return z.union([z.string(), z.boolean()]);
}

function retries() {
  return z.int().min(0);
}

function retryPolicy() {
  return z.looseObject({
    max_retries: retries().optional().describe("Attempts after the first; 3 if not given."),
    initial_delay_ms: z.number().min(0).optional(),
    max_delay_ms: z.number().min(0).optional(),
    backoff_multiplier: z.number().min(1).optional(),
  });
}

function modelSettings() {
  return z.looseObject({
    provider: z.string().optional().describe("A provider of flowmason.json: anthropic, openai, offline …"),
    model: z.string().optional(),
    temperature: z.number().optional(),
    max_tokens: z.number().optional(),
    top_p: z.number().optional(),
    stop_sequences: z.array(z.string()).optional(),
  });
}
