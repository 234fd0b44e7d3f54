import { createOpenAI } from "@ai-sdk/openai";
import type { ModelFactory } from "../model-factory.ts";

/** OpenAI by its chat protocol, which servers that stand in for it speak too. */
export const openAi: ModelFactory = ({ baseUrl, apiKey, model }, fetch) => ({
  model: createOpenAI({ baseURL: baseUrl, apiKey: apiKey ?? "", fetch }).chat(model),
  // As for servers of the kind (openai-compatible.ts).
  options: { openai: { strictJsonSchema: false } },
});
