/**
 * The providers of language models that a file can name without flowmason.json, as editors offer them; a test compares
 * them with those of core/providers.
 */
export const PROVIDER_NAMES: readonly string[] = [
  "offline",
  "anthropic",
  "openai",
  "google",
  "groq",
  "ollama",
  "llamacpp",
  "vllm",
  "lmstudio",
  "vscode",
];
