/** How a server is asked for JSON. */
export type ResponseFormat = "json_schema" | "json_object" | "none";

/** Which provider's own protocol a server speaks; each has an adapter of the AI SDK (models/). */
export const protocols = ["openai-compatible", "openai", "anthropic", "google", "groq"] as const;

/** @see {@link protocols} */
export type Protocol = (typeof protocols)[number];

/** How a provider is reached when nothing is configured. */
export type KnownProvider =
  | { readonly kind: "offline" }
  /** The editor that started the run answers, with models of its own (editor-models.ts). */
  | { readonly kind: "editor" }
  | {
      readonly kind: "server";
      readonly protocol: Protocol;
      readonly baseUrl: string;
      /** The environment variable that holds another address. */
      readonly baseUrlVariable: string;
      /** The environment variable that holds the key; null: none is needed. */
      readonly keyVariable: string | null;
      /** Null: it has what its owner put there, so that a stage has to say. */
      readonly model: string | null;
      readonly responseFormat: ResponseFormat;
    };

/** The provider that stands for the models of VS Code itself. */
export const EDITOR_PROVIDER = "vscode";

/**
 * Providers that need no `base_url`. From ollama to lmstudio they are servers on one's own machine, where they listen
 * by default.
 */
export const knownProviders: ReadonlyMap<string, KnownProvider> = new Map<string, KnownProvider>([
  ["offline", { kind: "offline" }],
  [
    "anthropic",
    {
      kind: "server",
      protocol: "anthropic",
      baseUrl: "https://api.anthropic.com/v1",
      baseUrlVariable: "ANTHROPIC_BASE_URL",
      keyVariable: "ANTHROPIC_API_KEY",
      model: "claude-sonnet-4-5",
      responseFormat: "json_schema",
    },
  ],
  [
    "openai",
    {
      kind: "server",
      protocol: "openai",
      baseUrl: "https://api.openai.com/v1",
      baseUrlVariable: "OPENAI_BASE_URL",
      keyVariable: "OPENAI_API_KEY",
      model: "gpt-4o",
      responseFormat: "json_schema",
    },
  ],
  [
    "google",
    {
      kind: "server",
      protocol: "google",
      baseUrl: "https://generativelanguage.googleapis.com/v1beta",
      baseUrlVariable: "GOOGLE_BASE_URL",
      keyVariable: "GOOGLE_API_KEY",
      model: "gemini-2.5-flash",
      responseFormat: "json_schema",
    },
  ],
  [
    "groq",
    {
      kind: "server",
      protocol: "groq",
      baseUrl: "https://api.groq.com/openai/v1",
      baseUrlVariable: "GROQ_BASE_URL",
      keyVariable: "GROQ_API_KEY",
      model: "llama-3.3-70b-versatile",
      // Only some of its models take a schema.
      responseFormat: "json_object",
    },
  ],
  ["ollama", local("http://127.0.0.1:11434/v1", "OLLAMA_BASE_URL")],
  ["llamacpp", local("http://127.0.0.1:8080/v1", "LLAMACPP_BASE_URL")],
  ["vllm", local("http://127.0.0.1:8000/v1", "VLLM_BASE_URL")],
  ["lmstudio", local("http://127.0.0.1:1234/v1", "LMSTUDIO_BASE_URL")],
  [EDITOR_PROVIDER, { kind: "editor" }],
]);

function local(baseUrl: string, baseUrlVariable: string): KnownProvider {
  return {
    kind: "server",
    protocol: "openai-compatible",
    baseUrl,
    baseUrlVariable,
    keyVariable: null,
    model: null,
    responseFormat: "json_schema",
  };
}
