/** The variables that hold keys of the providers that FlowMason knows; a test compares them with those of core/providers. */
export const KEY_VARIABLES: readonly { readonly provider: string; readonly variable: string }[] = [
  { provider: "Anthropic", variable: "ANTHROPIC_API_KEY" },
  { provider: "OpenAI", variable: "OPENAI_API_KEY" },
  { provider: "Google", variable: "GOOGLE_API_KEY" },
  { provider: "Groq", variable: "GROQ_API_KEY" },
];

/** As the protocol says it, which must not be loaded at activation: the variable that tells an adapter which others are secrets. */
export const KEPT_SECRETS_VARIABLE = "FLOWMASON_KEPT_SECRETS";

/** What a variable of the environment can be called. */
export function isVariableName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}
