import * as z from "zod";
import { EDITOR_PROVIDER, knownProviders, protocols } from "./known-providers.ts";

/** One entry of `providers` in flowmason.json (facts, section 1.3; `baseUrl` and `apiKey` as in its VS Code schema). */
const providerSchema = z.looseObject({
  model: z.string().optional().describe("The model, when a stage names none."),
  api_key_env: z.string().optional().describe("The environment variable that holds the key."),
  apiKey: z
    .string()
    .regex(/^\$\{(env:)?[A-Za-z_]\w*\}$/, {
      error:
        "A key does not belong into flowmason.json: set it in an environment variable, and name that one here as ${NAME}",
    })
    .optional()
    .describe("The same as api_key_env, as ${NAME}. A key itself is refused."),
  base_url: z.string().optional().describe("The address of the server, with /v1 where it has one."),
  baseUrl: z.string().optional().describe("The same as base_url."),
  protocol: z
    .enum(protocols)
    .optional()
    .describe(
      "What the server speaks. Without it anthropic, openai, google and groq speak their own, and any other is openai-compatible.",
    ),
  temperature: z.number().optional().describe("When a stage gives none."),
  max_tokens: z.int().optional().describe("When a stage gives none."),
  max_response_bytes: z
    .int()
    .min(1)
    .optional()
    .describe("Bytes of an answer after which it is refused; 67108864 (64 MiB) without it."),
  response_format: z
    .enum(["json_schema", "json_object", "none"])
    .optional()
    .describe(
      "How the server is asked for JSON where a component needs it: by the schema, as any object, or in the prompt alone. Without it json_schema; groq, json_object.",
    ),
});

/** `providers` of flowmason.json: settings by name, and under `default` the name of the one that stages without one use. */
export const providersSchema = z
  .object({ default: z.string().optional() })
  .catchall(providerSchema)
  .superRefine((providers, { addIssue }) => {
    for (const field of serverFields) {
      if (providers[EDITOR_PROVIDER]?.[field] === undefined) continue;
      const message = `${EDITOR_PROVIDER} stands for the models of VS Code, which are no server: take this out, or give the server another name`;
      addIssue({ code: "custom", path: [EDITOR_PROVIDER, field], message });
    }
  });

/** What has no meaning where there is no server. */
const serverFields = [
  "base_url",
  "baseUrl",
  "protocol",
  "api_key_env",
  "apiKey",
  "response_format",
  "max_response_bytes",
] as const;

/** What flowmason.json says of providers. */
export type Providers = z.infer<typeof providersSchema>;

/** The provider that stages without one use; null when the project chooses none. */
export function defaultProviderOf(providers: Providers): string | null {
  return providers.default ?? null;
}

/** Every provider that a stage or a run can name: those that are known, and those of the project. */
export function providerNames(providers: Providers): ReadonlySet<string> {
  const { default: _default, ...named } = providers;
  return new Set([...knownProviders.keys(), ...Object.keys(named)]);
}

/** What is configured for one provider. */
export type ProviderSettings = z.infer<typeof providerSchema>;

/** The variable that flowmason.json names for a key, in either of its shapes; undefined when it names none. */
export function configuredKeyVariable(settings: ProviderSettings | undefined): string | undefined {
  return settings?.api_key_env ?? settings?.apiKey?.replace(/^\$\{(env:)?|\}$/g, "");
}
