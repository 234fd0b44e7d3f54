import { type FinishReason, streamText, wrapLanguageModel } from "ai";
import type { Clock, ModelRequest, ModelResult, ModelUsage } from "#core/ports";
import type { ServerConnection } from "./connection.ts";
import { guardedFetch } from "./guarded-fetch.ts";
import { loadModelFactory } from "./load-model.ts";
import type { ReadyModel, SdkModel } from "./model-factory.ts";
import { brokenOff, modelFailure } from "./model-failure.ts";

// The SDK prints its warnings, the first on stdout, which belongs to results and to the debug protocol. They are told
// as notices of the answer instead.
globalThis.AI_SDK_LOG_WARNINGS = false;

/** What a call needs besides the request. */
export interface Surroundings {
  readonly onDelta: (text: string) => void;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
}

/** Streams an answer from a server. Retries are the engine's. */
export async function askServer(
  connection: ServerConnection,
  request: ModelRequest,
  { onDelta, clock, fetch }: Surroundings,
  signal: AbortSignal,
): Promise<ModelResult> {
  const start = clock.monotonic();
  const factory = await loadModelFactory(connection.protocol);
  const answer: Answer = { text: "", finishReason: "other", notices: [], usage: null };
  const failed = (error: unknown): ModelResult => ({
    ok: false,
    failure: modelFailure(error, connection, clock.now()),
  });
  try {
    const ready = factory(connection, guardedFetch(connection, fetch));
    for await (const part of stream(ready, connection, request, signal)) {
      // Starts and ends of text tell nothing more; tools and files are not asked for.
      if (part.type === "error") return failed(part.error);
      if (part.type === "abort") return cancelled;
      if (part.type === "text-delta") {
        answer.text += part.text;
        onDelta(part.text);
      } else if (part.type === "start-step") answer.notices = part.warnings.map(noticeOf);
      else if (part.type === "finish-step") {
        // Without a reason the stream just ended: what came is a part of an answer, and looks like a whole one.
        if (part.rawFinishReason === undefined) return { ok: false, failure: brokenOff(connection) };
        answer.finishReason = part.finishReason;
        answer.usage = { model: part.response.modelId, tokens: part.usage };
      }
    }
  } catch (error) {
    return signal.aborted ? cancelled : failed(error);
  }
  return concluded(answer, connection, clock.monotonic() - start);
}

const cancelled: ModelResult = {
  ok: false,
  failure: { type: "CANCELLED", message: "The call of the model was cancelled.", recoverable: false },
};

type Streamed = ReturnType<typeof streamText>["fullStream"];
type StepEnd = Extract<Streamed extends AsyncIterable<infer Part> ? Part : never, { type: "finish-step" }>;
type StepStart = Extract<Streamed extends AsyncIterable<infer Part> ? Part : never, { type: "start-step" }>;

interface Answer {
  text: string;
  finishReason: FinishReason;
  notices: readonly string[];
  usage: { readonly model: string; readonly tokens: StepEnd["usage"] } | null;
}

function stream(
  { model, options }: ReadyModel,
  { responseFormat }: ServerConnection,
  request: ModelRequest,
  signal: AbortSignal,
): Streamed {
  const schema = responseFormat === "none" ? undefined : request.responseSchema;
  const instructions = request.messages.filter(({ role }) => role === "system").map(({ content }) => content);
  return streamText({
    model: schema === undefined ? model : answeringIn(schema, model),
    ...(instructions.length === 0 ? {} : { instructions: instructions.join("\n\n") }),
    messages: request.messages.flatMap(({ role, content }) => (role === "system" ? [] : [{ role, content }])),
    ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
    ...(request.maxTokens === undefined ? {} : { maxOutputTokens: request.maxTokens }),
    ...(request.topP === undefined ? {} : { topP: request.topP }),
    ...(request.stopSequences === undefined ? {} : { stopSequences: [...request.stopSequences] }),
    providerOptions: options,
    maxRetries: 0,
    abortSignal: signal,
    // The error is a part of the stream too; without a listener the SDK prints it.
    onError: () => {},
  }).fullStream;
}

/** The model, asked for JSON. The SDK's own structured output parses the answer anew at each piece that comes. */
function answeringIn(schema: NonNullable<ModelRequest["responseSchema"]>, model: SdkModel): SdkModel {
  return wrapLanguageModel({
    model,
    middleware: {
      specificationVersion: "v4",
      transformParams: ({ params }) =>
        Promise.resolve({ ...params, responseFormat: { type: "json", name: "answer", schema } }),
    },
  });
}

function noticeOf(warning: StepStart["warnings"][number]): string {
  switch (warning.type) {
    case "unsupported":
    case "compatibility":
      return `The setting "${warning.feature}" ${warning.type === "unsupported" ? "has no effect" : "is only approximated"}${warning.details === undefined ? "." : `: ${warning.details}`}`;
    case "deprecated":
      return warning.message;
    case "other":
      return warning.message;
  }
}

function concluded(
  { text, finishReason, notices, usage: told }: Answer,
  { provider, model: asked }: ServerConnection,
  durationMs: number,
): ModelResult {
  const model = told?.model ?? asked;
  const cached = told?.tokens.inputTokenDetails.cacheReadTokens;
  const written = told?.tokens.inputTokenDetails.cacheWriteTokens;
  const usage: ModelUsage = {
    provider,
    model,
    inputTokens: told?.tokens.inputTokens ?? null,
    outputTokens: told?.tokens.outputTokens ?? null,
    ...(cached === undefined ? {} : { cachedTokens: cached }),
    ...(written === undefined ? {} : { cacheWriteTokens: written }),
    durationMs: Math.round(durationMs),
  };
  if (text.trim() === "") {
    const message = `${provider}/${model} gave an empty answer (finish reason: ${finishReason}). ${emptyAdvice(finishReason)}`;
    // It cost what it cost all the same.
    return { ok: false, failure: { type: "EXECUTION", message, recoverable: true }, usage };
  }
  return { ok: true, text, finishReason, usage, ...(notices.length === 0 ? {} : { notices }) };
}

function emptyAdvice(finishReason: string): string {
  return finishReason === "length" ? "Raise max_tokens." : "Run it again, or look at the prompt.";
}
