import type { JournalEvent } from "#core/journal";
import type { Failure, ModelMessage, ModelRequest } from "#core/ports";
import { closeSpan, noteFailure, type OpenSpan, openSpan, type TraceIdentity } from "./open-span.ts";
import type { AttributeValue, Span } from "./span.ts";

/** Whether what is asked of models and what they answer is told. */
export type ContentCapture = "none" | "messages";

/** The calls of models that one attempt makes. */
export interface ModelCalls {
  called(event: EventOf<"model-called">, parent: OpenSpan, spanId: string): void;
  answered(event: EventOf<"model-answered">): void;
  /** A piece of an answer. */
  delta(event: EventOf<"stage-delta">): void;
  /** Spans of all calls, once the attempt has ended: what had no answer ends with it, and failed with it if it did. */
  end(endMs: number, failure: Failure | null): readonly Span[];
}

type EventOf<Kind extends JournalEvent["kind"]> = Extract<JournalEvent, { kind: Kind }>;

interface Call {
  readonly span: OpenSpan;
  readonly pieces: Record<"output" | "reasoning", string>;
  answer: EventOf<"model-answered"> | null;
}

/** Follows the calls of an attempt. Where several are open at once, the first one is taken to be answered first. */
export function createModelCalls(trace: TraceIdentity, capture: ContentCapture): ModelCalls {
  const calls: Call[] = [];
  return {
    called({ request, at }, parent, spanId) {
      const model = request.model === null ? "" : ` ${request.model}`;
      const span = openSpan({
        spanId,
        parentSpanId: parent.spanId,
        name: `chat${model}`,
        kind: "client",
        startMs: at,
        attributes: {
          ...requestAttributes(request),
          ...(capture === "none" ? {} : promptOf(request.messages)),
        },
      });
      calls.push({ span, pieces: { output: "", reasoning: "" }, answer: null });
    },
    answered(event) {
      const call = calls.find(({ answer }) => answer === null);
      // An answer to nothing: a record of another program, or of a later version.
      if (call === undefined) return;
      call.answer = event;
      Object.assign(call.span.attributes, usageAttributes(event));
    },
    delta({ channel, text }) {
      // The redactor holds back what may begin a secret, so that the last piece can come after the answer.
      const call = calls.find(({ answer }) => answer === null) ?? calls.at(-1);
      if (capture === "messages" && call !== undefined) call.pieces[channel] += text;
    },
    end(endMs, failure) {
      const spans = calls.map(({ span, pieces, answer }) => {
        if (capture === "messages") Object.assign(span.attributes, answerOf(pieces, answer?.finishReason));
        if (answer !== null) return closeSpan(span, trace, answer.at, null);
        const error = failure === null ? noAnswer(span) : noteFailure(span, failure, endMs);
        return closeSpan(span, trace, endMs, error);
      });
      calls.length = 0;
      return spans;
    },
  };
}

function noAnswer(span: OpenSpan): string {
  span.attributes["error.type"] = "_OTHER";
  return "The call had no answer when its stage ended.";
}

type Values = Record<string, AttributeValue>;

function requestAttributes(request: ModelRequest): Values {
  const { provider, model, temperature, maxTokens, topP, stopSequences, responseSchema } = request;
  return {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": genAiProvider(provider),
    "flowmason.provider": provider,
    ...(model === null ? {} : { "gen_ai.request.model": model }),
    ...(temperature === undefined ? {} : { "gen_ai.request.temperature": { double: temperature } }),
    ...(maxTokens === undefined ? {} : { "gen_ai.request.max_tokens": maxTokens }),
    ...(topP === undefined ? {} : { "gen_ai.request.top_p": { double: topP } }),
    ...(stopSequences === undefined ? {} : { "gen_ai.request.stop_sequences": stopSequences }),
    ...(responseSchema === undefined ? {} : { "gen_ai.output.type": "json" }),
  };
}

function usageAttributes({ usage, finishReason }: EventOf<"model-answered">): Values {
  const { model, inputTokens, outputTokens, cachedTokens, cacheWriteTokens, costUsd, durationMs } = usage;
  return {
    "gen_ai.response.model": model,
    "flowmason.model.duration_ms": durationMs,
    ...(finishReason === undefined
      ? {}
      : { "gen_ai.response.finish_reasons": [genAiFinishReason(finishReason)] }),
    ...(inputTokens === null ? {} : { "gen_ai.usage.input_tokens": inputTokens }),
    ...(outputTokens === null ? {} : { "gen_ai.usage.output_tokens": outputTokens }),
    ...(cachedTokens === undefined ? {} : { "gen_ai.usage.cache_read.input_tokens": cachedTokens }),
    ...(cacheWriteTokens === undefined
      ? {}
      : { "gen_ai.usage.cache_creation.input_tokens": cacheWriteTokens }),
    ...(costUsd === undefined ? {} : { "flowmason.cost_usd": { double: costUsd } }),
  };
}

/** As the conventions call those that they know; any other by its own name. */
function genAiProvider(provider: string): string {
  return provider === "google" ? "gcp.gemini" : provider;
}

/** The same reason as the conventions spell it. */
function genAiFinishReason(reason: string): string {
  return reason === "tool-calls" ? "tool_call" : reason.replaceAll("-", "_");
}

/** Attributes hold structures as JSON: the conventions allow it where an exporter has nothing better. */
function promptOf(messages: readonly ModelMessage[]): Values {
  const system = messages.filter(({ role }) => role === "system");
  const rest = messages.filter(({ role }) => role !== "system");
  return {
    ...(system.length === 0
      ? {}
      : { "gen_ai.system_instructions": JSON.stringify(system.map(({ content }) => textPart(content))) }),
    "gen_ai.input.messages": JSON.stringify(
      rest.map(({ role, content }) => ({ role, parts: [textPart(content)] })),
    ),
  };
}

function answerOf({ output, reasoning }: Call["pieces"], finishReason: string | undefined): Values {
  if (output === "" && reasoning === "") return {};
  const parts = [
    ...(reasoning === "" ? [] : [{ type: "reasoning", content: reasoning }]),
    ...(output === "" ? [] : [textPart(output)]),
  ];
  const finish_reason = genAiFinishReason(finishReason ?? "error");
  return { "gen_ai.output.messages": JSON.stringify([{ role: "assistant", parts, finish_reason }]) };
}

function textPart(content: string): object {
  return { type: "text", content };
}
