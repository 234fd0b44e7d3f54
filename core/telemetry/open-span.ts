import type { Failure } from "#core/ports";
import type { AttributeValue, Span, SpanEvent, SpanKind, SpanLink } from "./span.ts";

/** A span that has begun. */
export interface OpenSpan {
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly kind: SpanKind;
  readonly startMs: number;
  readonly attributes: Record<string, AttributeValue>;
  readonly events: SpanEvent[];
  readonly links: readonly SpanLink[];
}

/** What is the same for all spans of a trace. */
export interface TraceIdentity {
  readonly traceId: string;
  readonly traceState: string;
}

/** A span that begins. */
export function openSpan(
  span: Omit<OpenSpan, "events" | "links"> & Partial<Pick<OpenSpan, "links">>,
): OpenSpan {
  return { links: [], ...span, events: [] };
}

/** The span that it was, ended at `endMs`, well or with what went wrong. */
export function closeSpan(
  open: OpenSpan,
  { traceId, traceState }: TraceIdentity,
  endMs: number,
  error: string | null,
): Span {
  return { ...open, traceId, traceState, endMs: Math.max(open.startMs, endMs), error };
}

/** Notes a failure as the conventions for exceptions have it, and gives its message. */
export function noteFailure(span: OpenSpan, { type, message }: Failure, atMs: number): string {
  span.attributes["error.type"] = type;
  span.events.push({
    name: "exception",
    atMs,
    attributes: { "exception.type": type, "exception.message": message },
  });
  return message;
}
