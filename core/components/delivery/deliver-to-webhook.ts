import { type Failure, type HttpRequest, type Json, retryAfterMs, waitBeforeRetry } from "#core/ports";
import type { Call } from "../implementation.ts";
import { withTimeLimit } from "../time-limit.ts";
import { readWebAddress } from "../web-address.ts";
import type { Destination } from "./definition.ts";
import type { Attempted } from "./message.ts";

type Webhook = Extract<Destination, { type: "webhook" }>;

/** Bytes of an answer that are read: only its status counts. */
const mostAnswerBytes = 1024 * 1024;

/**
 * Sends a payload to a webhook; an answer 2xx is success. What may pass by itself is tried again, after 2^n seconds or
 * what the receiver asks for.
 * Each try carries the same Idempotency-Key, so that a receiver can tell a second from another.
 */
export async function deliverToWebhook(
  call: Call<unknown>,
  destination: Webhook,
  payload: Json,
  signal: AbortSignal,
): Promise<Attempted> {
  const { config, id } = destination;
  const address = readWebAddress(config.url);
  if (!address.ok) return { error: address.reason, attempts: 0, statusCode: null, recoverable: false };
  const request: HttpRequest = {
    url: address.url.href,
    method: config.method,
    ...contentOf(config.headers, payload, `${call.attempt.key}:${id}`),
    // A redirect after POST would arrive as GET, with nothing in it.
    followRedirects: false,
    verifyTls: true,
    maxBytes: mostAnswerBytes,
  };
  for (let attempts = 1; ; attempts++) {
    const { retryAfterMs: wish, ...sent } = await sendOnce(call, request, config.timeout_ms, signal);
    const isLast = attempts > config.retry_count || signal.aborted;
    if (sent.error === null || !sent.recoverable || isLast) return { ...sent, attempts };
    await call.ports.clock.sleep(waitBeforeRetry(1000 * 2 ** (attempts - 1), wish), signal);
    if (signal.aborted) return { ...sent, attempts };
  }
}

interface Sent extends Omit<Attempted, "attempts"> {
  /** Milliseconds that the receiver wants to be left alone; undefined where it says none. */
  readonly retryAfterMs?: number | undefined;
}

async function sendOnce(
  { ports }: Call<unknown>,
  request: HttpRequest,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Sent> {
  const { host } = new URL(request.url);
  const limit = {
    ms: timeoutMs,
    clock: ports.clock,
    message: `${host} did not answer within ${timeoutMs} ms.`,
  };
  const result = await withTimeLimit(limit, (limited) => ports.http.send(request, limited), signal);
  if (!result.ok) return notSent(result.failure);
  const { status, headers } = result.response;
  if (status >= 200 && status < 300) return { error: null, statusCode: status, recoverable: false };
  const where =
    status >= 300 && status < 400
      ? ` It redirects to ${headers["location"] ?? "nowhere"}: give that address.`
      : "";
  return {
    error: `${host} answered ${status}.${where}`,
    statusCode: status,
    recoverable: status >= 500 || passing.has(status),
    retryAfterMs: retryAfterMs(headers, ports.clock.now()),
  };
}

/** Too slow, too early, too often: the same request may do next time. */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

function notSent({ message, recoverable }: Failure): Sent {
  return { error: message, statusCode: null, recoverable };
}

function contentOf(
  given: Webhook["config"]["headers"],
  payload: Json,
  key: string,
): { readonly body: string; readonly headers: Readonly<Record<string, string>> } {
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
  const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const type = isJson(body) ? "application/json" : "text/plain; charset=utf-8";
  return {
    body,
    headers: {
      ...(names.has("content-type") ? {} : { "content-type": type }),
      ...(names.has("idempotency-key") ? {} : { "idempotency-key": key }),
      ...headers,
    },
  };
}

/** A template usually writes JSON as text. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Not JSON is one of the answers.
    return false;
  }
}
