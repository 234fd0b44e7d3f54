import * as z from "zod";

/** One entry of `providers` in flowmason.json (facts, section 1.3; `baseUrl` as in its VS Code schema). */
const providerSchema = z.looseObject({
  model: z.string().optional().describe("The model, when a stage names none."),
  api_key_env: z.string().optional().describe("The environment variable that holds the key."),
  base_url: z.string().optional().describe("The address of an OpenAI-compatible server, with /v1."),
  baseUrl: z.string().optional().describe("The same as base_url."),
  temperature: z.number().optional().describe("When a stage gives none."),
  max_tokens: z.int().optional().describe("When a stage gives none."),
  response_format: z
    .enum(["json_schema", "json_object", "none"])
    .optional()
    .describe(
      "How the server is asked for JSON where a component needs it: by the schema, as any object, or in the prompt alone. Without it json_schema; groq, json_object.",
    ),
});

/** `providers` of flowmason.json: settings by name, and under `default` the name of the one that stages without one use. */
export const providersSchema = z.object({ default: z.string().optional() }).catchall(providerSchema);

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

/** How a server is asked for JSON. */
export type ResponseFormat = "json_schema" | "json_object" | "none";

/** How a provider is reached when nothing is configured. */
export type KnownProvider =
  | { readonly kind: "offline" }
  | {
      readonly kind: "openai-compatible";
      readonly baseUrl: string;
      readonly baseUrlVariable: string;
      /** Null: none is needed. */
      readonly keyVariable: string | null;
      readonly model: string | null;
      readonly responseFormat: ResponseFormat;
    }
  /** Known by name, and reachable in this version only through an OpenAI-compatible address. */
  | { readonly kind: "later"; readonly keyVariable: string };

/** Providers that need no `base_url`. Default models: facts, section 3. */
export const knownProviders: ReadonlyMap<string, KnownProvider> = new Map<string, KnownProvider>([
  ["offline", { kind: "offline" }],
  [
    "openai",
    {
      kind: "openai-compatible",
      baseUrl: "https://api.openai.com/v1",
      baseUrlVariable: "OPENAI_BASE_URL",
      keyVariable: "OPENAI_API_KEY",
      model: "gpt-4o",
      responseFormat: "json_schema",
    },
  ],
  [
    "groq",
    {
      kind: "openai-compatible",
      baseUrl: "https://api.groq.com/openai/v1",
      baseUrlVariable: "GROQ_BASE_URL",
      keyVariable: "GROQ_API_KEY",
      model: "llama-3.3-70b-versatile",
      // Only some of its models take a schema.
      responseFormat: "json_object",
    },
  ],
  [
    "ollama",
    {
      kind: "openai-compatible",
      baseUrl: "http://127.0.0.1:11434/v1",
      baseUrlVariable: "OLLAMA_BASE_URL",
      keyVariable: null,
      model: null,
      responseFormat: "json_schema",
    },
  ],
  ["anthropic", { kind: "later", keyVariable: "ANTHROPIC_API_KEY" }],
  ["google", { kind: "later", keyVariable: "GOOGLE_API_KEY" }],
]);
