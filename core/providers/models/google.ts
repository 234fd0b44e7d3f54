import { createGoogle } from "@ai-sdk/google";
import type { ModelFactory } from "../model-factory.ts";

/** Gemini by Google's generative language protocol. */
export const google: ModelFactory = ({ baseUrl, apiKey, responseFormat, model }, fetch) => ({
  model: createGoogle({ baseURL: baseUrl, apiKey: apiKey ?? "", fetch })(model),
  options: { google: { structuredOutputs: responseFormat === "json_schema" } },
});
