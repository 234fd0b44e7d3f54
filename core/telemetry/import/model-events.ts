import * as z from "zod";
import type { JournalBody } from "#core/journal";
import type { ModelMessage, StageAddress } from "#core/ports";
import { countOf, textOf } from "./failure-of-span.ts";
import type { ReadSpan } from "./read-otlp.ts";

/** An event that is to be, and when. */
export interface Draft {
  readonly atMs: number;
  readonly body: JournalBody;
}

/** Whether a span says that it is a call of a model: by the conventions of today, or those before. */
export function isModelCall({ attributes }: ReadSpan): boolean {
  const operation = attributes["gen_ai.operation.name"];
  if (operation === undefined)
    return (
      attributes["gen_ai.usage.input_tokens"] !== undefined ||
      attributes["gen_ai.request.model"] !== undefined
    );
  return ["chat", "generate_content", "text_completion", "embeddings"].some((name) => name === operation);
}

/** What the call of a model at a stage tells: that it was asked, and what it used where it answered. */
export function modelEvents(span: ReadSpan, address: StageAddress, attempt: number): readonly Draft[] {
  const { attributes, startMs, endMs, error } = span;
  const of = (name: string): ReturnType<typeof textOf> => textOf(attributes[name]);
  const provider = of("flowmason.provider") ?? of("gen_ai.provider.name") ?? of("gen_ai.system") ?? "unknown";
  const asked = of("gen_ai.request.model");
  const answered = of("gen_ai.response.model");
  const numbers = (...names: readonly string[]): number | null =>
    names.map((name) => countOf(attributes[name])).find((count) => count !== null) ?? null;
  const inputTokens = numbers("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens");
  const outputTokens = numbers("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens");
  const cached = numbers("gen_ai.usage.cache_read.input_tokens");
  const written = numbers("gen_ai.usage.cache_creation.input_tokens");
  const cost = attributes["flowmason.cost_usd"];
  const reasons = attributes["gen_ai.response.finish_reasons"];
  const finishReason = Array.isArray(reasons) ? textOf(reasons[0]) : null;
  const temperature = attributes["gen_ai.request.temperature"];
  const maxTokens = numbers("gen_ai.request.max_tokens");
  const called: Draft = {
    atMs: startMs,
    body: {
      kind: "model-called",
      address,
      attempt,
      request: {
        provider,
        model: asked,
        messages: [
          ...messagesOf(attributes["gen_ai.system_instructions"], "system"),
          ...messagesOf(attributes["gen_ai.input.messages"], "user"),
        ],
        ...(typeof temperature === "number" ? { temperature } : {}),
        ...(maxTokens === null ? {} : { maxTokens }),
      },
    },
  };
  const text = messagesOf(attributes["gen_ai.output.messages"], "assistant")
    .map(({ content }) => content)
    .join("");
  const said: readonly Draft[] =
    text === ""
      ? []
      : [{ atMs: endMs, body: { kind: "stage-delta", address, attempt, channel: "output", text } }];
  if (error !== null && inputTokens === null && outputTokens === null) return [called, ...said];
  const usage = {
    provider,
    model: answered ?? asked ?? "unknown",
    inputTokens,
    outputTokens,
    ...(cached === null ? {} : { cachedTokens: cached }),
    ...(written === null ? {} : { cacheWriteTokens: written }),
    ...(typeof cost === "number" && cost >= 0 ? { costUsd: cost } : {}),
    durationMs: numbers("flowmason.model.duration_ms") ?? endMs - startMs,
  };
  const finish = finishReason === null ? {} : { finishReason };
  return [
    called,
    ...said,
    { atMs: endMs, body: { kind: "model-answered", address, attempt, usage, ...finish } },
  ];
}

const partSchema = z.looseObject({ type: z.string(), content: z.unknown().optional() });
const messagesSchema = z.array(
  z.union([z.looseObject({ role: z.string(), parts: z.array(partSchema) }), partSchema]),
);

/** Messages as the conventions have them, a list or its JSON; what is no text in them stands as JSON. */
function messagesOf(value: unknown, otherwise: ModelMessage["role"]): readonly ModelMessage[] {
  const given = typeof value === "string" ? jsonOf(value) : value;
  const messages = messagesSchema.safeParse(given).data ?? [];
  return messages.map((message) => {
    const parts = "parts" in message && Array.isArray(message.parts) ? message.parts : [message];
    const role = "role" in message ? message.role : otherwise;
    return {
      role: role === "system" || role === "user" || role === "assistant" ? role : otherwise,
      content: parts.map(contentOf).join(""),
    };
  });
}

function contentOf(part: unknown): string {
  const { type, content } = partSchema.safeParse(part).data ?? { type: "", content: undefined };
  return type === "text" && typeof content === "string" ? content : JSON.stringify(part);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
