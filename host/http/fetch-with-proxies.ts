import { type Dispatcher, EnvHttpProxyAgent, fetch, Request, type RequestInit, type Response } from "undici";

/** Variables of the environment by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a server's certificate must be valid. */
export type TlsRule = "strict" | "lax";

/** `fetch` through the proxies that the environment names: HTTP_PROXY, HTTPS_PROXY, NO_PROXY. */
export function fetchWithProxies(
  env: Environment,
  tls: TlsRule,
  url: string | URL | Request,
  init: RequestInit,
): Promise<Response> {
  return fetch(url, { ...init, dispatcher: agentFor(env, tls) });
}

/** The request that a URL and its settings are, or why they are none: a header with a line break, for example. */
export function prepareRequest(
  url: string,
  init: RequestInit,
): { readonly ok: true; readonly request: Request } | { readonly ok: false; readonly reason: string } {
  try {
    return { ok: true, request: new Request(url, init) };
  } catch (error) {
    if (error instanceof TypeError) return { ok: false, reason: error.message };
    throw error;
  }
}

/** One agent per environment and rule, since an agent keeps its connections open for the next request. */
const agents = new WeakMap<Environment, Partial<Record<TlsRule, Dispatcher>>>();

function agentFor(env: Environment, tls: TlsRule): Dispatcher {
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
