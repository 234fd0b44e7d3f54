import type { Clock, JsonObject, ModelPort, ModelResult } from "#core/ports";
import { costOf, type Prices } from "../prices/prices.ts";
import { canonicalRequest } from "./canonical-request.ts";
import type { RecordedAnswer, Recording } from "./cassette.ts";
import type { Hiding } from "./hiding.ts";
import { nearestDifference } from "./nearest-recording.ts";

/** What a replay needs besides the recordings. */
export interface ReplayConfig {
  /** The file, for messages. */
  readonly name: string;
  readonly recordings: readonly Recording[];
  readonly hiding: () => Promise<Hiding>;
  readonly prices: Prices;
  readonly clock: Clock;
}

/** Answers from recordings alone, piece by piece as it was: nothing here knows of keys or of a network. */
export function replayCalls({ name, recordings, hiding, prices, clock }: ReplayConfig): ModelPort {
  const known = new Map(
    recordings.map(({ request, answers }) => [
      // Whoever edits the file need not keep the order of keys.
      canonicalRequest(request, (value) => value).text,
      answers,
    ]),
  );
  const given = new Map<string, number>();
  return {
    async generate(request, onDelta, signal) {
      const start = clock.monotonic();
      const { value, text } = canonicalRequest(request, (await hiding()).value);
      const answers = known.get(text);
      if (answers === undefined) return missed(unrecorded(name, value, recordings));
      const place = given.get(text) ?? 0;
      given.set(text, place + 1);
      const answer = answers[place];
      if (answer === undefined) return missed(exhausted(name, answers.length));
      for (const chunk of answer.chunks) {
        if (signal.aborted) return cancelled;
        onDelta(chunk);
      }
      return resultOf(answer, request.model, prices, Math.round(clock.monotonic() - start));
    },
  };
}

const cancelled: ModelResult = {
  ok: false,
  failure: { type: "CANCELLED", message: "The call of the model was cancelled.", recoverable: false },
};

function resultOf(
  { chunks, finishReason = "stop", notices, usage: told, failure }: RecordedAnswer,
  asked: string | null,
  prices: Prices,
  durationMs: number,
): ModelResult {
  const used = told === undefined ? undefined : { ...told, durationMs };
  const costUsd = used === undefined ? undefined : costOf(used, asked, prices);
  const usage = used === undefined || costUsd === undefined ? used : { ...used, costUsd };
  if (failure !== undefined) return { ok: false, failure, ...(usage === undefined ? {} : { usage }) };
  const unknown = {
    provider: "cassette",
    model: asked ?? "unknown",
    inputTokens: null,
    outputTokens: null,
    durationMs,
  };
  return {
    ok: true,
    text: chunks.join(""),
    finishReason,
    usage: usage ?? unknown,
    ...(notices === undefined ? {} : { notices }),
  };
}

function unrecorded(name: string, wanted: JsonObject, recordings: readonly Recording[]): string {
  const difference = nearestDifference(
    wanted,
    recordings.map(({ request }) => request),
  );
  const nearest =
    difference === null
      ? "Nothing is recorded in it."
      : `The nearest of its ${recordings.length} requests differs: ${difference}.`;
  return `${name} has no recording of this request. ${nearest} Record it anew with --record, or undo what changed.`;
}

function exhausted(name: string, count: number): string {
  const times = count === 1 ? "once" : `${count} times`;
  return `${name} has this request recorded ${times}, and it was asked once more. Record it anew with --record.`;
}

function missed(message: string): ModelResult {
  return { ok: false, failure: { type: "VALIDATION", message, recoverable: false } };
}
