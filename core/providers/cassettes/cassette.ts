import * as z from "zod";
import type { JsonObject } from "#core/ports";

const usageSchema = z.object({
  provider: z.string(),
  model: z.string(),
  inputTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  tokensCounted: z.literal(true).exactOptional(),
  cachedTokens: z.number().exactOptional(),
  cacheWriteTokens: z.number().exactOptional(),
});

const failureSchema = z.object({
  type: z.enum(["CONNECTIVITY", "TIMEOUT", "VALIDATION", "EXECUTION", "SECURITY", "UNKNOWN"]),
  message: z.string(),
  recoverable: z.boolean(),
  retryAfterMs: z.number().exactOptional(),
  field: z.string().exactOptional(),
  details: z.json().exactOptional(),
});

/** What came of a call: pieces of text, and how it ended. */
const answerSchema = z.object({
  chunks: z.array(z.string()),
  finishReason: z.string().exactOptional(),
  notices: z.array(z.string()).exactOptional(),
  usage: usageSchema.exactOptional(),
  failure: failureSchema.exactOptional(),
});

const cassetteSchema = z.object({
  format: z.literal("flowmason-cassette"),
  version: z.literal(1),
  recordings: z.array(
    z.object({ request: z.record(z.string(), z.json()), answers: z.array(answerSchema).min(1) }),
  ),
});

/** @see {@link answerSchema} */
export type RecordedAnswer = z.infer<typeof answerSchema>;

/** A request, and what came of it, as often as it was sent. */
export interface Recording {
  readonly request: JsonObject;
  readonly answers: readonly RecordedAnswer[];
}

/** The cassette in a text, or why it is none. */
export type ReadCassette =
  | { readonly ok: true; readonly recordings: readonly Recording[] }
  | { readonly ok: false; readonly reason: string };

/** Reads a cassette. */
export function readCassette(text: string): ReadCassette {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, reason: `it is no JSON (${error instanceof Error ? error.message : String(error)})` };
  }
  if (isNewer(json)) return { ok: false, reason: "it was written by a newer version of FlowMason" };
  if (!isCassette(json)) return { ok: false, reason: "it is no cassette" };
  const parsed = cassetteSchema.safeParse(json);
  if (!parsed.success)
    return { ok: false, reason: `it is a damaged cassette (${z.prettifyError(parsed.error)})` };
  return { ok: true, recordings: parsed.data.recordings };
}

/** A cassette as text: by request in order, so that a new one changes only its own lines. */
export function cassetteText(recordings: readonly Recording[]): string {
  const sorted = recordings
    .map((recording) => ({ recording, text: JSON.stringify(recording.request) }))
    .toSorted((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ recording }) => recording);
  return `${JSON.stringify({ format: "flowmason-cassette", version: 1, recordings: sorted }, null, 2)}\n`;
}

/** Whether it says of itself that it is one. */
function isCassette(json: unknown): json is { readonly format: "flowmason-cassette" } {
  return (
    typeof json === "object" && json !== null && "format" in json && json.format === "flowmason-cassette"
  );
}

function isNewer(json: unknown): boolean {
  return isCassette(json) && "version" in json && typeof json.version === "number" && json.version > 1;
}
