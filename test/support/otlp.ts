import * as z from "zod";

const hex = (digits: number): z.ZodType<string> =>
  z.string().regex(new RegExp(`^(?!0+$)[0-9a-f]{${digits}}$`));
const nanoseconds = z.string().regex(/^[1-9]\d{15,19}$/);
const scalar = [
  z.strictObject({ stringValue: z.string() }),
  z.strictObject({ boolValue: z.boolean() }),
  z.strictObject({ intValue: z.string().regex(/^-?\d{1,19}$/) }),
  z.strictObject({ doubleValue: z.number() }),
] as const;
const anyValue = z.union([
  ...scalar,
  z.strictObject({ arrayValue: z.strictObject({ values: z.array(z.union(scalar)) }) }),
]);
const attributes = z
  .array(z.strictObject({ key: z.string().min(1), value: anyValue }))
  .refine((pairs) => new Set(pairs.map(({ key }) => key)).size === pairs.length, "a key stands twice")
  .transform((pairs) => Object.fromEntries(pairs.map(({ key, value }) => [key, plain(value)])));
const spanSchema = z.strictObject({
  traceId: hex(32),
  spanId: hex(16),
  traceState: z.string().min(1).optional(),
  parentSpanId: hex(16).optional(),
  flags: z.int().min(0).max(0x3ff),
  name: z.string().min(1),
  kind: z.literal([1, 3]),
  startTimeUnixNano: nanoseconds,
  endTimeUnixNano: nanoseconds,
  attributes,
  events: z
    .array(z.strictObject({ timeUnixNano: nanoseconds, name: z.string().min(1), attributes }))
    .default([]),
  links: z.array(z.strictObject({ traceId: hex(32), spanId: hex(16), flags: z.int().min(0) })).default([]),
  status: z.union([z.strictObject({}), z.strictObject({ code: z.literal(2), message: z.string() })]),
});
const bodySchema = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource: z.strictObject({ attributes }),
      scopeSpans: z.array(
        z.strictObject({
          scope: z.strictObject({ name: z.string(), version: z.string().optional() }),
          spans: z.array(spanSchema).min(1),
        }),
      ),
    }),
  ),
});

/** A span as it was sent, its attributes by name. */
export type SentSpan = z.infer<typeof spanSchema>;

function plain(value: z.infer<typeof anyValue>): unknown {
  if ("arrayValue" in value) return value.arrayValue.values.map(plain);
  if ("intValue" in value) return Number(value.intValue);
  return Object.values(value)[0];
}

/** The spans of a body, which has to be as OTLP has it, to the letter. */
export function spansIn(body: string): readonly SentSpan[] {
  return bodySchema
    .parse(JSON.parse(body))
    .resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

/** The attributes of the resources of a body. */
export function resourcesIn(body: string): readonly Record<string, unknown>[] {
  return bodySchema.parse(JSON.parse(body)).resourceSpans.map(({ resource }) => resource.attributes);
}

/** What is wrong with spans as a whole: ids that stand twice, parents that are missing, times that cannot be. */
export function faultsOf(spans: readonly SentSpan[], outside: readonly string[] = []): readonly string[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const faults = byId.size === spans.length ? [] : ["two spans have one id"];
  if (new Set(spans.map(({ traceId }) => traceId)).size > 1) faults.push("more than one trace");
  for (const span of spans) {
    const [start, end] = timesOf(span);
    if (start > end) faults.push(`${span.name} ends before it begins`);
    for (const { name, timeUnixNano } of span.events)
      if (BigInt(timeUnixNano) < start || BigInt(timeUnixNano) > end)
        faults.push(`${name} of ${span.name} is at another time`);
    const { parentSpanId } = span;
    if (parentSpanId === undefined || outside.includes(parentSpanId)) continue;
    const parent = byId.get(parentSpanId);
    if (parent === undefined) faults.push(`${span.name} has a parent that is not there`);
    else if (timesOf(parent)[0] > start || timesOf(parent)[1] < end)
      faults.push(`${span.name} is not within ${parent.name}`);
  }
  return faults;
}

function timesOf({ startTimeUnixNano, endTimeUnixNano }: SentSpan): readonly [bigint, bigint] {
  return [BigInt(startTimeUnixNano), BigInt(endTimeUnixNano)];
}

/** Names of spans, each within its parent's, in the order of their beginning. */
export function outlineOf(spans: readonly SentSpan[]): readonly string[] {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const lines = (of: readonly SentSpan[], indent: string): readonly string[] =>
    of.flatMap((span) => [
      `${indent}${span.name}`,
      ...lines(
        spans.filter(({ parentSpanId }) => parentSpanId === span.spanId),
        `${indent}  `,
      ),
    ]);
  return lines(
    spans.filter(({ parentSpanId }) => parentSpanId === undefined || !ids.has(parentSpanId)),
    "",
  );
}
