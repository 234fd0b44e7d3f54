import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { ModelFactory } from "../model-factory.ts";

/** Servers that speak OpenAI's chat protocol: Ollama, llama.cpp, vLLM, LM Studio and many more. */
export const openAiCompatible: ModelFactory = (
  { provider, baseUrl, apiKey, responseFormat, model },
  fetch,
) => ({
  model: createOpenAICompatible({
    name: provider,
    baseURL: baseUrl,
    includeUsage: true,
    supportsStructuredOutputs: responseFormat === "json_schema",
    fetch,
    ...(apiKey === null ? {} : { apiKey }),
  }).chatModel(model),
  // Not strict: that has no fields that may be left out, and refuses limits such as a least number.
  options: { openaiCompatible: { strictJsonSchema: false } },
});
