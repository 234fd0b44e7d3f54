import type { Clock, ModelRequest, ModelResult } from "#core/ports";

/** How the answer begins, so that nobody takes it for a model's. */
const notice = "[offline: no language model was asked; these are sentences of the prompt]";

/** Sentences that an answer has at most. */
const mostSentences = 3;

/**
 * The provider for work without a network: picks the prompt's most telling sentences and keywords, always the same
 * for the same prompt. It says in its first line and in the model's name that it is no language model.
 */
export async function answerOffline(
  request: ModelRequest,
  onDelta: (text: string) => void,
  clock: Clock,
): Promise<ModelResult> {
  const start = clock.monotonic();
  const prompt = request.messages
    .filter(({ role }) => role === "user")
    .map(({ content }) => content)
    .join("\n\n");
  const counts = wordCounts(prompt);
  const chosen = tellingSentences(prompt, counts);
  if (chosen.length === 0) {
    const message =
      "The prompt is empty, so the offline provider has nothing to pick sentences from. Give the stage a prompt.";
    return { ok: false, failure: { type: "VALIDATION", message, recoverable: false, field: "prompt" } };
  }
  const lines = [notice, ...chosen, `Keywords: ${keywords(counts).join(", ")}`];
  const { text, finishReason } = limited(lines.join("\n"), request.maxTokens);
  for (const piece of text.match(/\S+\s*/g) ?? []) onDelta(piece);
  const durationMs = Math.round(clock.monotonic() - start);
  return {
    ok: true,
    text,
    finishReason,
    usage: {
      provider: "offline",
      model: "offline-extract",
      inputTokens: null,
      outputTokens: null,
      durationMs,
    },
  };
}

/** The sentences whose words occur most, in the prompt's order. */
function tellingSentences(prompt: string, counts: ReadonlyMap<string, number>): readonly string[] {
  const sentences = prompt
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
  const scored = sentences.map((sentence, index) => ({ sentence, index, score: scoreOf(sentence, counts) }));
  const best = scored.sort((a, b) => b.score - a.score || a.index - b.index).slice(0, mostSentences);
  return best.sort((a, b) => a.index - b.index).map(({ sentence }) => sentence);
}

/** The mean, so that a long sentence does not win by its length. */
function scoreOf(sentence: string, counts: ReadonlyMap<string, number>): number {
  const words = wordsOf(sentence);
  return words.reduce((sum, word) => sum + (counts.get(word) ?? 0), 0) / Math.max(words.length, 4);
}

function keywords(counts: ReadonlyMap<string, number>): readonly string[] {
  const ranked = [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  return ranked.slice(0, 5).map(([word]) => word);
}

function wordCounts(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Words of four letters and more: shorter ones seldom tell what a text is about. */
function wordsOf(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length > 3);
}

/** A token is taken for a word; the notice stays whole in any case. */
function limited(
  text: string,
  maxTokens: number | undefined,
): { readonly text: string; readonly finishReason: string } {
  const words = text.slice(notice.length).match(/\s*\S+/g) ?? [];
  if (maxTokens === undefined || words.length <= maxTokens) return { text, finishReason: "stop" };
  return { text: notice + words.slice(0, maxTokens).join(""), finishReason: "length" };
}
