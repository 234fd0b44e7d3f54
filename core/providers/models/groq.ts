import { createGroq } from "@ai-sdk/groq";
import type { ModelFactory } from "../model-factory.ts";

/** Groq. */
export const groq: ModelFactory = ({ baseUrl, apiKey, responseFormat, model }, fetch) => ({
  model: createGroq({ baseURL: baseUrl, apiKey: apiKey ?? "", fetch })(model),
  options: {
    groq: responseFormat === "json_schema" ? { strictJsonSchema: false } : { structuredOutputs: false },
  },
});
