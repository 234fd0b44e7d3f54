import { type Failure, type HttpRequest, type HttpResponse, type Json, retryAfterMs } from "#core/ports";
import { type Call, failed, implementWaiting, type StageOutcome } from "../implementation.ts";
import { withTimeLimit } from "../time-limit.ts";
import { readWebAddress } from "../web-address.ts";
import { httpRequest } from "./definition.ts";

/** Answers that ask to come again later (RFC 9110, RFC 6585): nothing was done, whatever the method. */
const later: ReadonlySet<number> = new Set([429, 503]);

/** Sends one request; whatever the server answers is the output, except that it is to come again while it still can. */
export const httpRequestImplementation = implementWaiting(httpRequest, async (call, signal) => {
  const { url, method, headers, body, params, timeout, follow_redirects, verify_ssl, max_bytes } =
    call.inputs;
  const address = readWebAddress(url);
  if (!address.ok) return failed("VALIDATION", address.reason, "url");
  for (const [name, value] of Object.entries(params)) address.url.searchParams.append(name, value);
  const content = contentOf(body, headers);
  if (content.body !== null && (method === "GET" || method === "HEAD")) {
    return failed(
      "VALIDATION",
      `A ${method} request cannot have a body. Remove "body", or use POST.`,
      "body",
    );
  }
  const request: HttpRequest = {
    url: address.url.href,
    method,
    headers: content.headers,
    body: content.body,
    followRedirects: follow_redirects,
    verifyTls: verify_ssl,
    maxBytes: max_bytes ?? null,
  };
  const message = `${address.url.host} did not answer within ${timeout} s. Raise "timeout", or see whether the server is well.`;
  return withTimeLimit(
    { ms: timeout * 1000, clock: call.ports.clock, message },
    (limited) => send(call, request, limited),
    signal,
  );
});

async function send(call: Call<unknown>, request: HttpRequest, signal: AbortSignal): Promise<StageOutcome> {
  const start = call.ports.clock.monotonic();
  const result = await call.ports.http.send(request, signal);
  if (!result.ok) return result;
  const { status, headers, url } = result.response;
  if (later.has(status) && call.attempt.retriesLeft > 0)
    return { ok: false, failure: comeAgain(result.response, call.ports.clock.now()) };
  return {
    ok: true,
    output: {
      status_code: status,
      headers,
      body: readBody(result.response),
      elapsed_ms: Math.round(call.ports.clock.monotonic() - start),
      success: status >= 200 && status < 300,
      url,
    },
  };
}

function comeAgain({ status, headers, url }: HttpResponse, now: number): Failure {
  const wish = retryAfterMs(headers, now);
  const said = wish === undefined ? "" : ` and asks to be left alone for ${Math.ceil(wish / 1000)} s`;
  return {
    type: "CONNECTIVITY",
    message: `${new URL(url).host} answered ${status}${said}.`,
    recoverable: true,
    ...(wish === undefined ? {} : { retryAfterMs: wish }),
    details: { status },
  };
}

function contentOf(
  body: Json | undefined,
  headers: Readonly<Record<string, string>>,
): { readonly body: string | null; readonly headers: Readonly<Record<string, string>> } {
  if (body === undefined || body === null) return { body: null, headers };
  if (typeof body === "string") return { body, headers };
  const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === "content-type");
  return {
    body: JSON.stringify(body),
    headers: isTyped ? headers : { ...headers, "content-type": "application/json" },
  };
}

/** Servers forget to say that they send JSON, so what looks like it is tried too. */
function readBody({ body, headers }: HttpResponse): Json {
  const looksLikeJson = (headers["content-type"] ?? "").includes("json") || /^\s*[[{]/.test(body);
  if (!looksLikeJson) return body;
  try {
    return JSON.parse(body);
  } catch {
    // It only looked like JSON, or the server was wrong: the text itself is what it sent.
    return body;
  }
}
