import type { HttpRequest, HttpResponse, Json } from "#core/ports";
import { type Call, failed, implementWaiting, type StageOutcome } from "../implementation.ts";
import { withTimeLimit } from "../time-limit.ts";
import { httpRequest } from "./definition.ts";

/** Sends one request; whatever the server answers is the output. */
export const httpRequestImplementation = implementWaiting(httpRequest, async (call, signal) => {
  const { url, method, headers, body, params, timeout, follow_redirects, verify_ssl, max_bytes } =
    call.inputs;
  const address = addressWith(url, params);
  if (address === undefined) {
    return failed(
      "VALIDATION",
      `"${withoutPassword(url)}" is no web address. It has to begin with http:// or https://.`,
      "url",
    );
  }
  if (address.username !== "" || address.password !== "") {
    return failed(
      "VALIDATION",
      `The address of ${address.host} holds a user name or password, which is not sent. Take it out, and send it in the header "Authorization".`,
      "url",
    );
  }
  const content = contentOf(body, headers);
  if (content.body !== null && (method === "GET" || method === "HEAD")) {
    return failed(
      "VALIDATION",
      `A ${method} request cannot have a body. Remove "body", or use POST.`,
      "body",
    );
  }
  const request: HttpRequest = {
    url: address.href,
    method,
    headers: content.headers,
    body: content.body,
    followRedirects: follow_redirects,
    verifyTls: verify_ssl,
    maxBytes: max_bytes ?? null,
  };
  const message = `${address.host} did not answer within ${timeout} s. Raise "timeout", or see whether the server is well.`;
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

function addressWith(url: string, params: Readonly<Record<string, string>>): URL | undefined {
  let address: URL;
  try {
    address = new URL(url);
  } catch {
    return undefined;
  }
  if (address.protocol !== "http:" && address.protocol !== "https:") return undefined;
  for (const [name, value] of Object.entries(params)) address.searchParams.append(name, value);
  return address;
}

/** What stands before the @ of an address, in a text that may be none. */
function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/?#]*@/, "//…@");
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
    return body;
  }
}
