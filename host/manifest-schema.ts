import * as z from "zod";
import { pricesSchema, providersSchema } from "#core/providers";
import { cacheSettingsSchema } from "./cache/cache-settings.ts";
import { httpRulesSchema } from "./http/http-rules.ts";
import { retentionSchema } from "./runs/retention.ts";
import { secretsSchema } from "./secrets/secrets-schema.ts";
import { telemetrySchema } from "./telemetry/telemetry-schema.ts";

/** What is used of flowmason.json (facts, section 1.3); other keys are kept. */
export const manifestSchema = z.looseObject({
  name: z.string().optional().describe("Name of the project."),
  version: z.string().optional().describe("Semantic version of the project: 1.0.0"),
  providers: providersSchema
    .default({})
    .describe(
      "Language models: a provider's name -> how it is reached; `default` names the one for stages that do not say.",
    ),
  prices: pricesSchema
    .optional()
    .describe(
      "What models cost, in US dollars for a million tokens, over the prices that FlowMason knows: provider/model, or provider/* for its others.",
    ),
  pipeline_dirs: z
    .array(z.string())
    .optional()
    .describe("Folders in which every .json with stages is a pipeline; *.pipeline.json is one anywhere."),
  pipelines: z
    .looseObject({ include: z.array(z.string()).optional().describe("Folders or patterns of pipelines.") })
    .optional()
    .describe("The other way to say where pipelines are."),
  components: z
    .looseObject({
      include: z.array(z.string()).optional().describe("Patterns of the files that components are in."),
      exclude: z.array(z.string()).optional().describe("Patterns of files that are none."),
    })
    .optional()
    .describe("Where the components of the project's own are."),
  checks: z
    .looseObject({
      severity: z
        .record(z.string(), z.unknown())
        .optional()
        .describe("Code or name of a check -> error, warning, information, hint or off."),
    })
    .optional()
    .describe("How grave what is found in pipelines is taken to be."),
  http: httpRulesSchema.optional().describe("What pipelines may call."),
  secrets: secretsSchema.optional().describe("Where secrets and keys come from besides the environment."),
  telemetry: telemetrySchema
    .optional()
    .describe("Where traces of runs are sent; nowhere without an endpoint."),
  runs: retentionSchema
    .optional()
    .describe("Which recorded runs are kept; older ones are removed when a run ends."),
  cache: cacheSettingsSchema.optional().describe("How much room the cache of outputs has."),
});

/**
 * The JSON Schema of flowmason.json, draft 7, in both shapes that FlowMason's tools write: what is used, and what is
 * kept for other tools.
 */
export function manifestJsonSchema(): object {
  const schema = z.toJSONSchema(manifestSchema.extend(keptFields), { io: "input", target: "draft-7" });
  return {
    ...schema,
    $id: "https://flowmason.dev/schemas/flowmason.schema.json",
    title: "FlowMason project",
    required: ["name"],
  };
}

const names = z.array(z.string());

/** Fields that this version keeps and does not read. */
const keptFields = {
  $schema: z.string().optional().describe("For editors: the address of this schema. Nothing is fetched."),
  description: z.string().optional().describe("What the project is for, in words."),
  author: z
    .union([z.string(), z.looseObject({ name: z.string(), email: z.string().optional() })])
    .optional()
    .describe("Who made it: a name, or name and email."),
  license: z.string().optional().describe("Licence of the project."),
  repository: z.string().optional().describe("Where its sources are."),
  main: z.string().optional().describe("The pipeline to start with."),
  testing: z
    .looseObject({
      timeout: z.number().optional().describe("Milliseconds for one test."),
      retries: z.int().min(0).optional().describe("How often a failed test runs again."),
      parallel: z.boolean().optional().describe("Whether tests run at the same time."),
      coverage: z.boolean().optional().describe("Whether coverage is measured."),
      test_patterns: names.optional().describe("Which files are tests."),
      testMatch: names.optional().describe("The same, in the other shape."),
    })
    .optional()
    .describe("How tests run."),
  org: z
    .looseObject({ default: z.string().optional() })
    .optional()
    .describe("The organisation to deploy to."),
  dependencies: z
    .record(z.string(), z.string())
    .optional()
    .describe("Packages that it needs: name -> range of versions."),
  scripts: z.record(z.string(), z.string()).optional().describe("Commands by name."),
  extra: z.looseObject({}).optional().describe("Whatever tools keep."),
};
