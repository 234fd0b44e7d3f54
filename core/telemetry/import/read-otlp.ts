import * as z from "zod";
import type { Json } from "#core/ports";

/** A span as a file has it. */
export interface ReadSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  /** `internal`, `server`, `client`, `producer` or `consumer`; `unspecified` where it does not say. */
  readonly kind: string;
  /** Milliseconds since 1970, whole ones. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Readonly<Record<string, Json>>;
  readonly events: readonly ReadSpanEvent[];
  readonly links: number;
  /** What the status ERROR says; null for any other. */
  readonly error: string | null;
  /** `service.name` and the like. */
  readonly resource: Readonly<Record<string, Json>>;
  /** What it was given and what came of it, where the file has that. */
  readonly inputs?: Json;
  readonly output?: Json;
}

/** Something at one moment of a span. */
export interface ReadSpanEvent {
  readonly name: string;
  readonly atMs: number;
  readonly attributes: Readonly<Record<string, Json>>;
}

/** What a file has. */
export interface ReadTraces {
  readonly spans: readonly ReadSpan[];
  /** What of it could not be read, in sentences. */
  readonly notes: readonly string[];
}

/** Whether a text begins as a file of traces in OTLP's JSON does. */
export function looksLikeOtlp(beginning: string): boolean {
  return /^\uFEFF?\s*[{[][\s{]*"resourceSpans"/.test(beginning);
}

/**
 * Reads traces in OTLP's JSON: one request, a list of them, or one a line, as the collector's file exporter writes. Never
 * throws: what cannot be read is left out, and a note says so.
 */
export function readOtlp(text: string): ReadTraces {
  const notes: string[] = [];
  const spans = new Map<string, ReadSpan>();
  let twice = 0;
  const unreadable: string[] = [];
  for (const document of documentsIn(text, notes)) {
    const request = requestSchema.safeParse(document);
    if (!request.success) {
      notes.push(`Something in it is no request of OTLP: ${firstIssue(request.error)}.`);
      continue;
    }
    for (const { resource, scopeSpans } of request.data.resourceSpans) {
      const about = attributesOf(resource?.attributes);
      for (const each of scopeSpans.flatMap((scope) => scope.spans)) {
        const span = spanSchema.safeParse(each);
        if (!span.success) unreadable.push(firstIssue(span.error));
        else {
          const key = `${span.data.traceId} ${span.data.spanId}`;
          if (spans.has(key)) twice += 1;
          spans.set(key, { ...readSpan(span.data), resource: about });
        }
      }
    }
  }
  if (unreadable.length > 0)
    notes.push(`${unreadable.length} spans cannot be read and are left out; of the first, ${unreadable[0]}.`);
  if (twice > 0) notes.push(`${twice} spans were there more than once; the last of each counts.`);
  return { spans: [...spans.values()], notes };
}

function documentsIn(text: string, notes: string[]): readonly unknown[] {
  const whole = jsonOf(text.replace(/^\uFEFF/, ""));
  if (whole !== undefined) return Array.isArray(whole) ? whole : [whole];
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const documents = lines.map(jsonOf);
  const broken = documents.filter((document) => document === undefined).length;
  if (broken > 0) notes.push(`${broken} of its ${lines.length} lines are no JSON and are left out.`);
  return documents.filter((document) => document !== undefined);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const keyValues = z.array(z.looseObject({ key: z.string(), value: z.unknown() })).nullish();
const id = (digits: number): z.ZodType<string> =>
  z
    .string()
    .regex(
      new RegExp(`^(?!0+$)[0-9a-f]{${digits}}$`, "i"),
      `an id of ${digits} hexadecimal digits is expected`,
    )
    .transform((text) => text.toLowerCase());
/** A number of 64 bits is a text in JSON; some write a number. */
const nanoseconds = z.union([z.string().regex(/^\d{1,20}$/), z.int().min(0).transform(String)]);
const requestSchema = z.looseObject({
  resourceSpans: z.array(
    z.looseObject({
      resource: z.looseObject({ attributes: keyValues }).nullish(),
      scopeSpans: z.array(z.looseObject({ spans: z.array(z.unknown()).default([]) })).default([]),
    }),
  ),
});
const spanSchema = z.looseObject({
  traceId: id(32),
  spanId: id(16),
  parentSpanId: z.union([z.literal(""), id(16)]).nullish(),
  name: z.string().default(""),
  kind: z.union([z.int(), z.string()]).default(0),
  startTimeUnixNano: nanoseconds,
  endTimeUnixNano: nanoseconds,
  attributes: keyValues,
  events: z
    .array(z.looseObject({ name: z.string().default(""), timeUnixNano: nanoseconds, attributes: keyValues }))
    .default([]),
  links: z.array(z.unknown()).default([]),
  status: z
    .looseObject({ code: z.union([z.int(), z.string()]).optional(), message: z.string().optional() })
    .nullish(),
});

const KINDS = ["unspecified", "internal", "server", "client", "producer", "consumer"];

function readSpan(span: z.infer<typeof spanSchema>): Omit<ReadSpan, "resource"> {
  const { traceId, spanId, parentSpanId, name, kind, attributes, events, links, status } = span;
  const startMs = milliseconds(span.startTimeUnixNano);
  const isError = status?.code === 2 || status?.code === "STATUS_CODE_ERROR";
  return {
    traceId,
    spanId,
    parentSpanId: parentSpanId || null,
    name,
    kind:
      typeof kind === "number"
        ? (KINDS[kind] ?? "unspecified")
        : kind.replace(/^SPAN_KIND_/, "").toLowerCase(),
    startMs,
    endMs: Math.max(startMs, milliseconds(span.endTimeUnixNano)),
    attributes: attributesOf(attributes),
    events: events.map((event) => ({
      name: event.name,
      atMs: milliseconds(event.timeUnixNano),
      attributes: attributesOf(event.attributes),
    })),
    links: links.length,
    error: isError ? (status?.message ?? "") : null,
  };
}

function milliseconds(nanos: string): number {
  return Number(BigInt(nanos) / 1_000_000n);
}

function attributesOf(pairs: z.infer<typeof keyValues>): Readonly<Record<string, Json>> {
  return Object.fromEntries((pairs ?? []).map(({ key, value }) => [key, valueOf(value, 0)]));
}

/** Nobody nests attributes so deep; a forged file could. */
const DEEPEST = 30;
const anyValue = z.union([
  z.looseObject({ stringValue: z.string() }).transform(({ stringValue }): Json => stringValue),
  z.looseObject({ boolValue: z.boolean() }).transform(({ boolValue }): Json => boolValue),
  z
    .looseObject({ intValue: z.union([z.string().regex(/^-?\d{1,20}$/), z.int()]) })
    .transform(
      ({ intValue }): Json => (Number.isSafeInteger(Number(intValue)) ? Number(intValue) : String(intValue)),
    ),
  z
    .looseObject({ doubleValue: z.union([z.number(), z.string()]) })
    // JSON has no NaN: it is a text.
    .transform(({ doubleValue }): Json => doubleValue),
  z.looseObject({ bytesValue: z.string() }).transform(({ bytesValue }): Json => bytesValue),
]);
const arrayValue = z.looseObject({ arrayValue: z.looseObject({ values: z.array(z.unknown()).default([]) }) });
const listValue = z.looseObject({ kvlistValue: z.looseObject({ values: keyValues }) });

function valueOf(value: unknown, depth: number): Json {
  if (depth > DEEPEST) return null;
  const array = arrayValue.safeParse(value);
  if (array.success) return array.data.arrayValue.values.map((member) => valueOf(member, depth + 1));
  const list = listValue.safeParse(value);
  if (list.success)
    return Object.fromEntries(
      (list.data.kvlistValue.values ?? []).map(({ key, value: member }) => [key, valueOf(member, depth + 1)]),
    );
  return anyValue.safeParse(value).data ?? null;
}

function firstIssue({ issues }: z.ZodError): string {
  const [issue] = issues;
  return issue === undefined ? "unknown" : `${issue.path.join(".") || "all of it"}: ${issue.message}`;
}
