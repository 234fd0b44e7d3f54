import * as vscode from "vscode";
import * as z from "zod";

/** A piece of an answer, as far as a pipeline can use it. */
export type AnswerPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "usage"; readonly usage: ToldUsage }
  /** What its provider keeps for itself, or a model's thoughts. */
  | { readonly kind: "aside" }
  /** Something of the answer that is no text. `what` names it for people. */
  | { readonly kind: "other"; readonly what: string };

/** What a model tells of its tokens. */
export interface ToldUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedTokens?: number;
}

/** Reads one part of the stream. */
export function answerPart(part: unknown): AnswerPart {
  if (part instanceof vscode.LanguageModelTextPart) return { kind: "text", text: part.value };
  if (part instanceof vscode.LanguageModelToolCallPart) return { kind: "other", what: "the call of a tool" };
  if (!(part instanceof vscode.LanguageModelDataPart)) return { kind: "aside" };
  if (part.mimeType === USAGE) {
    const usage = toldUsage(part.data);
    return usage === undefined ? { kind: "aside" } : { kind: "usage", usage };
  }
  // Names without a slash are marks between providers and VS Code's own chat.
  return part.mimeType.includes("/")
    ? { kind: "other", what: `data (${part.mimeType.slice(0, 100)})` }
    : { kind: "aside" };
}

/** No part of the API, but what Copilot and other providers do: their tokens, as OpenAI's protocol writes them. */
const USAGE = "usage";

const count = z.int().min(0);
const usageSchema = z.object({
  // 0 stands for what is not known: no request is empty.
  prompt_tokens: z.int().min(1),
  completion_tokens: count,
  prompt_tokens_details: z.object({ cached_tokens: count.optional() }).optional(),
});

function toldUsage(bytes: Uint8Array): ToldUsage | undefined {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Not the form that we know: the tokens are counted then, and that is said.
    return undefined;
  }
  const read = usageSchema.safeParse(json);
  if (!read.success) return undefined;
  const { prompt_tokens: inputTokens, completion_tokens: outputTokens, prompt_tokens_details } = read.data;
  const cachedTokens = prompt_tokens_details?.cached_tokens;
  return { inputTokens, outputTokens, ...(cachedTokens === undefined ? {} : { cachedTokens }) };
}
