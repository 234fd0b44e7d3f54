import { type Attributes, type AttributeValue, isTexts, type Span, type SpanKind } from "./span.ts";

/** Who made spans, and where. */
export interface SpanSource {
  /** `service.name` and the like. */
  readonly resource: Attributes;
  /** FlowMason's own version; null where it is not known. */
  readonly version: string | null;
}

/** Spans as OTLP has them in JSON: the body of `POST /v1/traces`, and a line of the collector's files. */
export function toOtlp(spans: readonly Span[], { resource, version }: SpanSource): object {
  const scope = { name: "flowmason", ...(version === null ? {} : { version }) };
  return {
    resourceSpans: [
      {
        resource: { attributes: keyValues(resource) },
        scopeSpans: [{ scope, spans: spans.map(spanJson) }],
      },
    ],
  };
}

/** The numbers that OTLP has for kinds and for a status of ERROR. */
const KINDS: Readonly<Record<SpanKind, number>> = { internal: 1, client: 3 };
const ERROR = 2;
/** The trace flag of W3C: it is recorded. */
const SAMPLED = 1;

function spanJson(span: Span): object {
  const { traceId, spanId, parentSpanId, traceState, name, kind, startMs, endMs, error } = span;
  return {
    traceId,
    spanId,
    ...(traceState === "" ? {} : { traceState }),
    ...(parentSpanId === null ? {} : { parentSpanId }),
    flags: SAMPLED,
    name,
    kind: KINDS[kind],
    startTimeUnixNano: nanoseconds(startMs),
    endTimeUnixNano: nanoseconds(endMs),
    attributes: keyValues(span.attributes),
    ...(span.events.length === 0
      ? {}
      : {
          events: span.events.map(({ name: event, atMs, attributes }) => ({
            timeUnixNano: nanoseconds(atMs),
            name: event,
            attributes: keyValues(attributes),
          })),
        }),
    ...(span.links.length === 0 ? {} : { links: span.links.map((link) => ({ ...link, flags: SAMPLED })) }),
    status: error === null ? {} : { code: ERROR, message: error },
  };
}

/** 64 bits do not fit into a number of JSON: they are texts. */
function nanoseconds(ms: number): string {
  return `${Math.round(ms)}000000`;
}

function keyValues(attributes: Attributes): readonly object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: AttributeValue): object {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "number")
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (isTexts(value)) return { arrayValue: { values: value.map((each) => ({ stringValue: each })) } };
  return { doubleValue: value.double };
}
