import type { JournalEvent } from "#core/journal";
import type { Span } from "./span.ts";
import { createSpanFold } from "./span-fold.ts";
import type { SpanOptions } from "./span-tree.ts";

/**
 * The spans of a recorded run, as they end. What a fork took over from another run is that run's and is left out; what
 * has not ended is cut off after the last event.
 */
export function spansOfRun(events: readonly JournalEvent[], options: SpanOptions): readonly Span[] {
  const { take, cutOff } = createSpanFold(options);
  const forked = events.findLastIndex((event) => event.kind === "run-resumed" && event.fork !== null);
  const spans = events.flatMap((event, index) => {
    const ended = take(event);
    return index > forked ? ended : [];
  });
  return [...spans, ...cutOff()];
}
