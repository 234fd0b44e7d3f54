import type { RequestInit, Response } from "undici";
import type { Failure, HttpPort, HttpRequest, HttpResult } from "#core/ports";
import type { Environment } from "./fetch-with-proxies.ts";

/** HTTP through the proxies that the environment names. */
export function createHttpPort(env: Environment): HttpPort {
  return {
    send: (request, signal) => send(request, env, signal),
  };
}

/** `fetch` through the same proxies, for libraries that take one. */
export function proxiedFetch(env: Environment): typeof fetch {
  const request = async (url: string | URL, init: RequestInit): Promise<Response> => {
    const { fetchWithProxies } = await import("./fetch-with-proxies.ts");
    return fetchWithProxies(env, "strict", url, init);
  };
  // undici is what Node's own fetch is made of; only the declarations differ.
  return request as unknown as typeof fetch;
}

async function send(request: HttpRequest, env: Environment, signal: AbortSignal): Promise<HttpResult> {
  const { host } = new URL(request.url);
  // Half a megabyte that runs without a request need not load.
  const { fetchWithProxies, prepareRequest } = await import("./fetch-with-proxies.ts");
  const { url, method, headers, body } = request;
  const redirect = request.followRedirects ? "follow" : "manual";
  const prepared = prepareRequest(url, { method, headers, body, redirect });
  if (!prepared.ok) {
    const message = `The request to ${host} cannot be sent: ${withoutValues(prepared.reason, headers)}`;
    return failure({ type: "VALIDATION", message, recoverable: false });
  }
  try {
    const tls = request.verifyTls ? "strict" : "lax";
    const response = await fetchWithProxies(env, tls, prepared.request, { signal });
    const text = await readLimited(response, request.maxBytes);
    if (text === undefined) return refused(host, request.maxBytes);
    const received = Object.fromEntries(response.headers);
    return {
      ok: true,
      response: { status: response.status, headers: received, body: text, url: response.url },
    };
  } catch (error) {
    if (signal.aborted)
      return failure({ type: "CANCELLED", message: "The request was cancelled.", recoverable: false });
    // What the network did is the cause of fetch's own error; an error without one is a defect.
    if (!(error instanceof Error && error.cause instanceof Error)) throw error;
    return failure(networkFailure(host, error.cause));
  }
}

/** The body as text; undefined when it has more bytes than allowed. */
async function readLimited(response: Response, maxBytes: number): Promise<string | undefined> {
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the stream, and with it the transfer.
    if (bytes > maxBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function networkFailure(host: string, cause: Error): Failure {
  const { code, message } = rootCause(cause);
  if (code !== undefined && /CERT|TLS|SSL/.test(code)) {
    return {
      type: "SECURITY",
      message: `The certificate of ${host} is not trusted (${code}). If you know the server, set "verify_ssl" to false.`,
      recoverable: false,
    };
  }
  return {
    type: "CONNECTIVITY",
    message: `${host} cannot be reached (${code ?? message}). Check the address and the network.`,
    recoverable: true,
    details: { host, reason: message },
  };
}

/** undici's messages end with a full stop or not, and quote header values, which may be keys. */
function withoutValues(reason: string, headers: HttpRequest["headers"]): string {
  const values = Object.values(headers).filter((value) => value !== "");
  return `${values.reduce((text, value) => text.replaceAll(value, "…"), reason).replace(/\.$/, "")}.`;
}

/** The innermost error says most. */
function rootCause(error: Error): { readonly code: string | undefined; readonly message: string } {
  let cause = error;
  while (cause.cause instanceof Error) cause = cause.cause;
  return {
    code: "code" in cause && typeof cause.code === "string" ? cause.code : undefined,
    message: cause.message,
  };
}

function refused(host: string, maxBytes: number): HttpResult {
  const message = `The answer of ${host} is larger than ${maxBytes} bytes, the most that is read. Ask for less, by a filter or by pages.`;
  return failure({ type: "EXECUTION", message, recoverable: false });
}

function failure(reason: Failure): HttpResult {
  return { ok: false, failure: reason };
}
