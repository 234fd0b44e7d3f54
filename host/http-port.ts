import type { Dispatcher, RequestInit, Response } from "undici";
import type { Failure, HttpPort, HttpRequest, HttpResult } from "#core/ports";

type Environment = Readonly<Record<string, string | undefined>>;

/** HTTP through the proxies that the environment names (HTTP_PROXY, HTTPS_PROXY, NO_PROXY). */
export function createHttpPort(env: Environment): HttpPort {
  return {
    send: (request, signal) => send(request, env, signal),
  };
}

/** `fetch` through the same proxies, for libraries that take one. */
export function proxiedFetch(env: Environment): typeof fetch {
  const request = async (input: string | URL, init?: RequestInit): Promise<Response> => {
    const { fetch } = await import("undici");
    return fetch(input, { ...init, dispatcher: await dispatcherFor(env, "strict") });
  };
  // undici is what Node's own fetch is made of; only the declarations differ.
  return request as unknown as typeof fetch;
}

async function send(request: HttpRequest, env: Environment, signal: AbortSignal): Promise<HttpResult> {
  const host = new URL(request.url).host;
  try {
    const { fetch } = await import("undici");
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      redirect: request.followRedirects ? "follow" : "manual",
      dispatcher: await dispatcherFor(env, request.verifyTls ? "strict" : "lax"),
      signal,
    });
    const body = await readLimited(response, request.maxBytes);
    if (body === undefined) return refused(host, request.maxBytes);
    const headers = Object.fromEntries(response.headers);
    return { ok: true, response: { status: response.status, headers, body, url: response.url } };
  } catch (error) {
    if (signal.aborted)
      return failure({ type: "CANCELLED", message: "The request was cancelled.", recoverable: false });
    return failure(networkFailure(host, error));
  }
}

/** Per environment and rule one agent, since an agent keeps its connections open for the next request. */
const agents = new WeakMap<Environment, { strict?: Dispatcher; lax?: Dispatcher }>();

async function dispatcherFor(env: Environment, tls: "strict" | "lax"): Promise<Dispatcher> {
  const { EnvHttpProxyAgent } = await import("undici");
  const known = agents.get(env) ?? {};
  agents.set(env, known);
  const secure = { rejectUnauthorized: tls === "strict" };
  known[tls] ??= new EnvHttpProxyAgent({
    httpProxy: env["http_proxy"] ?? env["HTTP_PROXY"] ?? "",
    httpsProxy: env["https_proxy"] ?? env["HTTPS_PROXY"] ?? "",
    noProxy: env["no_proxy"] ?? env["NO_PROXY"] ?? "",
    connect: secure,
    requestTls: secure,
  });
  return known[tls];
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

function networkFailure(host: string, error: unknown): Failure {
  const { code, message } = rootCause(error);
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

/** `fetch failed` says nothing; what made it fail does. */
function rootCause(error: unknown): { readonly code: string | undefined; readonly message: string } {
  let cause = error;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  if (!(cause instanceof Error)) return { code: undefined, message: String(cause) };
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
