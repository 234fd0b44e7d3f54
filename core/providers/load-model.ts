import type { Protocol } from "./known-providers.ts";
import type { ModelFactory } from "./model-factory.ts";

/** The adapter for a protocol. Each is loaded when it is first asked for: a run uses one of them, seldom two. */
export async function loadModelFactory(protocol: Protocol): Promise<ModelFactory> {
  switch (protocol) {
    case "openai-compatible":
      return (await import("./models/openai-compatible.ts")).openAiCompatible;
    case "openai":
      return (await import("./models/openai.ts")).openAi;
    case "anthropic":
      return (await import("./models/anthropic.ts")).anthropic;
    case "google":
      return (await import("./models/google.ts")).google;
    case "groq":
      return (await import("./models/groq.ts")).groq;
  }
}
