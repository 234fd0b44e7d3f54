import { gzipSync } from "node:zlib";
import * as z from "zod";
import { retryAfterMs } from "#core/ports";
import type { Environment } from "../http/fetch-with-proxies.ts";
import type { OtlpTarget } from "./otlp-target.ts";

/** What became of one try. Reasons are sentences for people. */
export type Delivery =
  /** `rejected` of the spans were not; `remark` is what the server said of them. */
  | { readonly kind: "taken"; readonly rejected: number; readonly remark: string | null }
  /** Trying again can help; `afterMs` where the server said when. */
  | { readonly kind: "later"; readonly afterMs: number | null; readonly reason: string }
  | { readonly kind: "unreachable"; readonly reason: string }
  /** Trying again does not help. */
  | { readonly kind: "refused"; readonly reason: string };

/** The statuses that OTLP has for trying again. */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);
/** Characters of a server's words that are told. */
const MOST_WORDS = 200;

/** Posts a body of OTLP in JSON once. Never rejects; a redirect is not followed, since headers are for one server. */
export async function postTraces(
  body: object,
  { url, headers, compression, timeoutMs }: OtlpTarget,
  env: Environment,
  signal: AbortSignal,
): Promise<Delivery> {
  const text = JSON.stringify(body);
  const { fetchWithProxies } = await import("../http/fetch-with-proxies.ts");
  try {
    const response = await fetchWithProxies(env, "strict", url, {
      method: "POST",
      headers: {
        ...headers,
        "content-type": "application/json",
        ...(compression === "gzip" ? { "content-encoding": "gzip" } : {}),
      },
      body: compression === "gzip" ? gzipSync(text) : text,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const { status } = response;
    const answer = await response.text();
    if (status >= 200 && status < 300) return taken(answer);
    const reason = `It answered with status ${status}${wordsOf(answer)}.`;
    if (RETRYABLE.has(status)) {
      const wish = { "retry-after": response.headers.get("retry-after") ?? undefined };
      return { kind: "later", afterMs: retryAfterMs(wish, Date.now()) ?? null, reason };
    }
    return { kind: "refused", reason: `${reason}${adviceFor(status)}` };
  } catch (error) {
    return { kind: "unreachable", reason: whyUnreachable(error, timeoutMs) };
  }
}

const answerSchema = z.looseObject({
  partialSuccess: z
    .looseObject({
      rejectedSpans: z.union([z.string(), z.number()]).optional(),
      errorMessage: z.string().optional(),
    })
    .nullish(),
});

/** An answer that says nothing, or nothing that can be read, took all. */
function taken(answer: string): Delivery {
  const partial = answerSchema.safeParse(jsonOf(answer)).data?.partialSuccess;
  const rejected = Number(partial?.rejectedSpans ?? 0);
  const message = partial?.errorMessage ?? "";
  return {
    kind: "taken",
    rejected: Number.isSafeInteger(rejected) && rejected > 0 ? rejected : 0,
    remark: message === "" ? null : `It says:${wordsOf(message)}.`,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function wordsOf(text: string): string {
  const words = text.replaceAll(/[\p{C}\s]+/gu, " ").trim();
  return words === "" ? "" : ` ${JSON.stringify(words.slice(0, MOST_WORDS))}`;
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403)
    return " Put the header that it wants into OTEL_EXPORTER_OTLP_HEADERS.";
  if (status === 404 || status === 405)
    return " Nothing takes traces there: give the address of an OTLP receiver for HTTP, such as http://localhost:4318.";
  if (status === 415) return " It does not take OTLP in JSON; a collector does.";
  return "";
}

function whyUnreachable(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === "TimeoutError")
    return `It did not answer within ${timeoutMs} ms (OTEL_EXPORTER_OTLP_TIMEOUT).`;
  if (error instanceof Error && error.name === "AbortError")
    return "It did not answer before the time was over.";
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const message =
    cause instanceof Error ? cause.message || ("code" in cause ? String(cause.code) : cause.name) : "";
  return `It cannot be reached (${message}). Start it, or give another address with --otlp or OTEL_EXPORTER_OTLP_ENDPOINT.`;
}
