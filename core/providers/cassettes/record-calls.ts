import type { Json, ModelPort, ModelResult, ModelUsage } from "#core/ports";
import { canonicalRequest } from "./canonical-request.ts";
import type { RecordedAnswer, Recording } from "./cassette.ts";
import type { Hiding } from "./hiding.ts";

/** A model port that remembers its calls. */
export interface CallRecorder {
  readonly models: ModelPort;
  /** All that has ended by now. */
  recordings(): readonly Recording[];
}

/** Records the calls of `models`. `hiding` gives what keeps secrets out; `onRecorded` is told after each call. */
export function recordCalls(
  models: ModelPort,
  hiding: () => Promise<Hiding>,
  onRecorded: () => void,
): CallRecorder {
  const calls = new Map<string, { request: Recording["request"]; answers: (RecordedAnswer | null)[] }>();
  return {
    models: {
      async generate(request, onDelta, signal) {
        const hidden = await hiding();
        const { value, text } = canonicalRequest(request, hidden.value);
        const known = calls.get(text) ?? { request: value, answers: [] };
        calls.set(text, known);
        // In the order in which they were asked, whichever ends first.
        const place = known.answers.push(null) - 1;
        const chunks: string[] = [];
        const stream = hidden.stream();
        const keep = (piece: string): void => {
          if (piece !== "") chunks.push(piece);
        };
        const result = await models.generate(
          request,
          (piece) => {
            keep(stream.take(piece));
            onDelta(piece);
          },
          signal,
        );
        keep(stream.end());
        // What was stopped here says nothing about the model.
        if (!isCancelled(result)) {
          known.answers[place] = answerOf(result, chunks, hidden);
          onRecorded();
        }
        return result;
      },
    },
    recordings: () =>
      [...calls.values()].flatMap(({ request, answers }) => {
        const ended = answers.filter((answer) => answer !== null);
        return ended.length === 0 ? [] : [{ request, answers: ended }];
      }),
  };
}

function isCancelled(result: ModelResult): boolean {
  return !result.ok && result.failure.type === "CANCELLED";
}

function answerOf(result: ModelResult, chunks: readonly string[], hidden: Hiding): RecordedAnswer {
  const usage = result.usage === undefined ? {} : { usage: recordedUsage(result.usage) };
  if (result.ok) {
    const { finishReason, notices } = result;
    return {
      chunks: [...chunks],
      finishReason,
      ...(notices === undefined ? {} : { notices: [...notices] }),
      ...usage,
    };
  }
  // JSON but for fields that are undefined.
  const failure = hidden.value(JSON.parse(JSON.stringify(result.failure)) as Json);
  // The same fields as before; `hide` changes texts alone.
  return { chunks: [...chunks], failure: failure as NonNullable<RecordedAnswer["failure"]>, ...usage };
}

/** Without what differs each time, and what prices of the day make of it. */
function recordedUsage({
  durationMs: _time,
  costUsd: _cost,
  ...usage
}: ModelUsage): NonNullable<RecordedAnswer["usage"]> {
  return usage;
}
