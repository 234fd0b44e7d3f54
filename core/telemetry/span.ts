/** A piece of work of a run, as OpenTelemetry has it. */
export interface Span {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  readonly parentSpanId: string | null;
  /** `tracestate` of who called, handed on as it is; empty for none. */
  readonly traceState: string;
  readonly name: string;
  readonly kind: SpanKind;
  /** Milliseconds since 1970. */
  readonly startMs: number;
  /** Never before `startMs`. */
  readonly endMs: number;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  /** Why it failed; null where it did not. */
  readonly error: string | null;
}

/** `client` asks another program; the rest is done here. */
export type SpanKind = "internal" | "client";

/** Something at one moment of a span. */
export interface SpanEvent {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly attributes: Attributes;
}

/** Another span that has to do with this one. */
export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
}

/** Values by name. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** A number alone is a whole one. */
export type AttributeValue = string | boolean | number | readonly string[] | { readonly double: number };

/** What a new span is part of: the span of whoever started the run, from a `traceparent`. */
export interface RemoteParent {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState: string;
}

/** The same span with each text that is no id or time put through `text`. */
export function mapTexts(span: Span, text: (text: string) => string): Span {
  const attributesOf = (attributes: Attributes): Attributes => mapAttributes(attributes, text);
  return {
    ...span,
    name: text(span.name),
    attributes: attributesOf(span.attributes),
    events: span.events.map((event) => ({ ...event, attributes: attributesOf(event.attributes) })),
    error: span.error === null ? null : text(span.error),
  };
}

/** The same attributes with each text of their values put through `text`. */
export function mapAttributes(attributes: Attributes, text: (text: string) => string): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, mapValue(value, text)] as const),
  );
}

function mapValue(value: AttributeValue, text: (text: string) => string): AttributeValue {
  if (typeof value === "string") return text(value);
  return isTexts(value) ? value.map(text) : value;
}

/** Whether a value is a list of texts: `Array.isArray` does not tell a readonly one from the rest. */
export function isTexts(value: AttributeValue): value is readonly string[] {
  return Array.isArray(value);
}
