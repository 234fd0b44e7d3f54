import { createAnthropic } from "@ai-sdk/anthropic";
import type { ModelFactory } from "../model-factory.ts";

/** Anthropic by its messages protocol. */
export const anthropic: ModelFactory = ({ baseUrl, apiKey, model }, fetch) => ({
  model: createAnthropic({ baseURL: baseUrl, apiKey: apiKey ?? "", fetch })(model),
  // The SDK knows which models and schemas have an output format, and asks by a tool with the schema otherwise.
  options: {},
});
