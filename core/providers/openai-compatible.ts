import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { streamText } from "ai";
import type { Clock, ModelRequest, ModelResult, ModelUsage } from "#core/ports";
import type { Connection } from "./connection.ts";
import { modelFailure } from "./model-failure.ts";

// The SDK prints its warnings, the first on stdout, which belongs to results and to the debug protocol. They are about
// settings that we never send.
globalThis.AI_SDK_LOG_WARNINGS = false;

type OpenAiConnection = Extract<Connection, { kind: "openai-compatible" }>;

interface Surroundings {
  readonly onDelta: (text: string) => void;
  readonly clock: Clock;
  readonly fetch?: typeof fetch;
}

/** Streams an answer from a server that speaks OpenAI's chat protocol. Retries are the engine's. */
export async function askOpenAiCompatible(
  connection: OpenAiConnection,
  request: ModelRequest,
  { onDelta, clock, fetch }: Surroundings,
  signal: AbortSignal,
): Promise<ModelResult> {
  const start = clock.monotonic();
  const answer: Answer = {
    text: "",
    finishReason: "unknown",
    model: connection.model,
    inputTokens: null,
    outputTokens: null,
  };
  try {
    for await (const part of stream(connection, request, fetch, signal)) {
      // Starts and ends of text tell nothing more; tools and files are not asked for.
      if (part.type === "error") return { ok: false, failure: modelFailure(part.error, connection) };
      if (part.type === "abort") return cancelled;
      if (part.type === "text-delta") {
        answer.text += part.text;
        onDelta(part.text);
      } else if (part.type === "finish-step") {
        answer.finishReason = part.finishReason;
        answer.model = part.response.modelId;
        answer.inputTokens = part.usage.inputTokens ?? null;
        answer.outputTokens = part.usage.outputTokens ?? null;
      }
    }
  } catch (error) {
    return { ok: false, failure: modelFailure(error, connection) };
  }
  return concluded(answer, connection, clock.monotonic() - start);
}

const cancelled: ModelResult = {
  ok: false,
  failure: { type: "CANCELLED", message: "The call of the model was cancelled.", recoverable: false },
};

interface Answer {
  text: string;
  finishReason: string;
  model: string;
  inputTokens: number | null;
  outputTokens: number | null;
}

function stream(
  { provider, baseUrl, model, apiKey, responseFormat }: OpenAiConnection,
  request: ModelRequest,
  fetch: Surroundings["fetch"],
  signal: AbortSignal,
) {
  const format = responseFormatOf(request.responseSchema, responseFormat);
  const server = createOpenAICompatible({
    name: provider,
    baseURL: baseUrl,
    includeUsage: true,
    ...(apiKey === null ? {} : { apiKey }),
    ...(fetch === undefined ? {} : { fetch }),
    // The SDK's own structured output parses the answer anew at each piece that comes.
    ...(format === null ? {} : { transformRequestBody: (body) => ({ ...body, response_format: format }) }),
  });
  const instructions = request.messages.filter(({ role }) => role === "system").map(({ content }) => content);
  return streamText({
    model: server.chatModel(model),
    ...(instructions.length === 0 ? {} : { instructions: instructions.join("\n\n") }),
    messages: request.messages.flatMap(({ role, content }) => (role === "system" ? [] : [{ role, content }])),
    ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
    ...(request.maxTokens === undefined ? {} : { maxOutputTokens: request.maxTokens }),
    ...(request.topP === undefined ? {} : { topP: request.topP }),
    ...(request.stopSequences === undefined ? {} : { stopSequences: [...request.stopSequences] }),
    maxRetries: 0,
    abortSignal: signal,
    // The error is a part of the stream too; without a listener the SDK prints it.
    onError: () => {},
  }).fullStream;
}

/** Not `strict`: that has no fields that may be left out, and refuses limits such as a least number. */
function responseFormatOf(
  schema: ModelRequest["responseSchema"],
  responseFormat: OpenAiConnection["responseFormat"],
): object | null {
  if (schema === undefined || responseFormat === "none") return null;
  if (responseFormat === "json_object") return { type: "json_object" };
  return { type: "json_schema", json_schema: { name: "answer", schema, strict: false } };
}

function concluded(answer: Answer, { provider }: OpenAiConnection, durationMs: number): ModelResult {
  const { text, finishReason, model, inputTokens, outputTokens } = answer;
  if (text.trim() === "") {
    const message = `${provider}/${model} gave an empty answer (finish reason: ${finishReason}). ${emptyAdvice(finishReason)}`;
    return { ok: false, failure: { type: "EXECUTION", message, recoverable: true } };
  }
  const usage: ModelUsage = {
    provider,
    model,
    inputTokens,
    outputTokens,
    durationMs: Math.round(durationMs),
  };
  return { ok: true, text, finishReason, usage };
}

function emptyAdvice(finishReason: string): string {
  return finishReason === "length" ? "Raise max_tokens." : "Run it again, or look at the prompt.";
}
