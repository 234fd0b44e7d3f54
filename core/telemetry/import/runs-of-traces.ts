import { createNdjsonSink } from "#core/journal";
import { textOf } from "./failure-of-span.ts";
import { eventsOfForeignRun } from "./foreign-run.ts";
import { eventsOfOwnRun } from "./own-run.ts";
import type { ReadSpan, ReadTraces } from "./read-otlp.ts";
import { startOf } from "./span-forest.ts";

/** A record made of a trace. */
export interface ImportedRun {
  readonly runId: string;
  /** The text of its journal. */
  readonly journal: string;
  /** What of the trace has no place in it, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Makes a record of each trace. What FlowMason told of a run gives that run back, under its own id: stages, attempts and
 * times, and what models used; OpenTelemetry has no inputs and outputs, LangSmith has. Any other trace gets an id by `idOf`, from its beginning
 * in milliseconds since 1970 and its own id.
 */
export function runsOfTraces(
  { spans }: ReadTraces,
  idOf: (startMs: number, traceId: string) => string,
): readonly ImportedRun[] {
  const traces = Map.groupBy(spans, ({ traceId }) => traceId);
  return Array.from(traces).flatMap(([traceId, of]) => {
    const runs = Map.groupBy(of, runOf(of));
    const outside = runs.get(null) ?? [];
    runs.delete(null);
    if (runs.size === 0) {
      return [recordOf(of, idOf(startOf(of), traceId), eventsOfForeignRun, [])];
    }
    const notes =
      outside.length === 0 ? [] : [`Not taken in: ${outside.length} spans of the trace that are in no run.`];
    return Array.from(runs, ([runId, its]) => recordOf(its, runId ?? "", eventsOfOwnRun, notes));
  });
}

/** Says in which run of ours a span is: that of the nearest span around it that is one; null for none. */
function runOf(spans: readonly ReadSpan[]): (span: ReadSpan) => string | null {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const known = new Map<string, string | null>();
  return (span) => {
    const way: string[] = [];
    let found: string | null = null;
    // A forged file can have a span within itself.
    const seen = new Set<string>();
    for (let at: ReadSpan | undefined = span; at !== undefined && !seen.has(at.spanId); ) {
      seen.add(at.spanId);
      way.push(at.spanId);
      found = known.get(at.spanId) ?? textOf(at.attributes["flowmason.run.id"]);
      if (found !== null || known.has(at.spanId)) break;
      at = at.parentSpanId === null ? undefined : byId.get(at.parentSpanId);
    }
    for (const spanId of way) known.set(spanId, found);
    return found;
  };
}

type EventsOf = typeof eventsOfForeignRun;

function recordOf(
  spans: readonly ReadSpan[],
  runId: string,
  eventsOf: EventsOf,
  more: readonly string[],
): ImportedRun {
  const lines: string[] = [];
  const sink = createNdjsonSink({ write: (text) => void lines.push(text), flush: () => Promise.resolve() });
  const missed = new Map<string, number>();
  const parts = {
    runId,
    nothing: sink.put(null),
    put: sink.put,
    miss: (what: string) => void missed.set(what, (missed.get(what) ?? 0) + 1),
  };
  for (const event of eventsOf(spans, parts)) sink.append(event);
  return {
    runId,
    journal: lines.join(""),
    notes: [
      spans.some(({ inputs, output }) => inputs !== undefined || output !== undefined)
        ? "Details of failures are in no trace: they are missing."
        : "Inputs and outputs are in no trace, and neither are details of failures: they stand as null, or are missing.",
      ...Array.from(
        missed,
        ([what, times]) => `Not taken in: ${what}${times > 1 ? ` (${times} times)` : ""}.`,
      ),
      ...more,
    ],
  };
}
