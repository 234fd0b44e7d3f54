import type { RequestInit, Response } from "undici";
import type { Failure, HttpPort, HttpRequest, HttpResult } from "#core/ports";
import type { Environment } from "./fetch-with-proxies.ts";
import { type HttpRules, hostFault } from "./http-rules.ts";
import { networkFailure } from "./network-failure.ts";
import { type Hop, redirectOf } from "./redirect.ts";

/** HTTP through the proxies that the environment names, to the hosts that the project allows. */
export function createHttpPort(env: Environment, rules: HttpRules): HttpPort {
  return {
    send: (request, signal) => send(request, { env, rules }, signal),
  };
}

/** `fetch` through the same proxies, for libraries that take one. The project's rules are for what pipelines call. */
export function proxiedFetch(env: Environment): typeof fetch {
  const request = async (url: string | URL, init: RequestInit): Promise<Response> => {
    const { fetchWithProxies } = await import("./fetch-with-proxies.ts");
    return fetchWithProxies(env, "strict", url, init);
  };
  // undici is what Node's own fetch is made of; only the declarations differ.
  return request as unknown as typeof fetch;
}

interface Surroundings {
  readonly env: Environment;
  readonly rules: HttpRules;
}

async function send(request: HttpRequest, around: Surroundings, signal: AbortSignal): Promise<HttpResult> {
  const { method, headers, body } = request;
  let hop: Hop = { url: new URL(request.url), method, headers, body };
  for (let followed = 0; ; followed++) {
    const answer = await sendHop(hop, request, around, signal);
    if (!answer.ok) return answer.failure;
    const { response } = answer;
    const location = request.followRedirects ? response.headers.get("location") : null;
    const redirect = redirectOf(hop, response.status, location);
    if (redirect.kind === "none") return received(hop, response, request, around, signal);
    await response.body?.cancel();
    if (redirect.kind === "unusable") {
      const message = `${hop.url.host} redirects ${redirect.reason}, so it was not followed.`;
      return failed({ type: "EXECUTION", message, recoverable: false });
    }
    if (followed >= around.rules.max_redirects)
      return tooManyRedirects(new URL(request.url), hop, around.rules);
    hop = redirect.hop;
  }
}

async function sendHop(
  { url, method, headers, body }: Hop,
  { verifyTls }: HttpRequest,
  { env, rules }: Surroundings,
  signal: AbortSignal,
): Promise<
  { readonly ok: true; readonly response: Response } | { readonly ok: false; readonly failure: HttpResult }
> {
  const fault = hostFault(url, rules);
  if (fault !== null) {
    const details = { host: url.host };
    return { ok: false, failure: failed({ type: "SECURITY", message: fault, recoverable: false, details }) };
  }
  // Half a megabyte that runs without a request need not load.
  const { fetchWithProxies, prepareRequest } = await import("./fetch-with-proxies.ts");
  const prepared = prepareRequest(url.href, { method, headers, body, redirect: "manual" });
  if (!prepared.ok) {
    const message = `The request to ${url.host} cannot be sent: ${withoutValues(prepared.reason, headers)}`;
    return { ok: false, failure: failed({ type: "VALIDATION", message, recoverable: false }) };
  }
  try {
    const tls = verifyTls ? "strict" : "lax";
    return { ok: true, response: await fetchWithProxies(env, tls, prepared.request, { signal }) };
  } catch (error) {
    return { ok: false, failure: broken(url, error, signal) };
  }
}

async function received(
  { url }: Hop,
  response: Response,
  request: HttpRequest,
  { rules }: Surroundings,
  signal: AbortSignal,
): Promise<HttpResult> {
  const most = Math.min(request.maxBytes ?? Number.POSITIVE_INFINITY, rules.max_response_bytes);
  try {
    const body = await readLimited(response, most);
    if (body === undefined) return tooLarge(url, most, rules);
    const headers = Object.fromEntries(response.headers);
    return { ok: true, response: { status: response.status, headers, body, url: url.href } };
  } catch (error) {
    return broken(url, error, signal);
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

function broken({ host }: URL, error: unknown, signal: AbortSignal): HttpResult {
  if (signal.aborted)
    return failed({ type: "CANCELLED", message: "The request was cancelled.", recoverable: false });
  // What the network did is the cause of fetch's own error; an error without one is a defect.
  if (!(error instanceof Error && error.cause instanceof Error)) throw error;
  return failed(networkFailure(host, error.cause));
}

/** undici's messages end with a full stop or not, and quote header values, which may be keys. */
function withoutValues(reason: string, headers: HttpRequest["headers"]): string {
  const values = Object.values(headers).filter((value) => value !== "");
  return `${values.reduce((text, value) => text.replaceAll(value, "…"), reason).replace(/\.$/, "")}.`;
}

function tooLarge({ host }: URL, most: number, rules: HttpRules): HttpResult {
  const raise =
    most === rules.max_response_bytes
      ? `"http.max_response_bytes" in flowmason.json`
      : `"max_bytes" of the stage`;
  const message = `The answer of ${host} is larger than ${most} bytes, the most that is read. Ask for less, by a filter or by pages, or raise ${raise}.`;
  return failed({ type: "EXECUTION", message, recoverable: false });
}

function tooManyRedirects(first: URL, { url }: Hop, { max_redirects }: HttpRules): HttpResult {
  const message = `${first.host} answered with too many redirects: more than ${max_redirects}, the last from ${url.host}. Give the address where they lead, or raise "http.max_redirects" in flowmason.json.`;
  return failed({ type: "EXECUTION", message, recoverable: false });
}

function failed(failure: Failure): HttpResult {
  return { ok: false, failure };
}
