import { APICallError, InvalidResponseDataError, JSONParseError, TypeValidationError } from "ai";
import { type Failure, type FailureType, type Json, retryAfterMs } from "#core/ports";
import { hostOf, type ServerConnection } from "./connection.ts";
import { UnusableAnswer } from "./guarded-fetch.ts";

/** What went wrong in a call, in FlowMason's error types (facts, section 4.10). `now`: milliseconds since 1970. */
export function modelFailure(error: unknown, connection: ServerConnection, now: number): Failure {
  const causes = [...causesOf(error)];
  const unusable = causes.find((cause) => cause instanceof UnusableAnswer);
  if (unusable !== undefined) return unusable.failure;
  const status = statusOf(error);
  if (status !== undefined) return statusFailure(status, error, connection, now);
  const reason = saidIn(error, connection).replace(/\.$/, "");
  const where = `${connection.provider} at ${hostOf(connection.baseUrl)}`;
  if (causes.some((cause) => JSONParseError.isInstance(cause) || TypeValidationError.isInstance(cause))) {
    return {
      type: "EXECUTION",
      message: `${where} sent a piece of its answer that is not in the form of the ${connection.protocol} protocol. Run it again; if it stays so, check what the server speaks (providers.${connection.provider}.protocol).`,
      // A server, or something between, that is about to go down cuts its lines anywhere.
      recoverable: true,
      details: { reason: reason.slice(0, 2000) },
    };
  }
  const code = causes.find(hasCode)?.code;
  if (code !== undefined || APICallError.isInstance(error)) {
    return {
      type: "CONNECTIVITY",
      message: `${where} cannot be reached, or broke off (${code ?? reason}). ${networkAdvice(code)}`,
      recoverable: true,
    };
  }
  return {
    type: "EXECUTION",
    message: `${where}: ${reason}.`,
    // An answer that just ends: the server gave up on it, and may not the next time.
    recoverable: InvalidResponseDataError.isInstance(error),
  };
}

/** The answer ended without saying that it did. */
export function brokenOff({ provider, baseUrl }: ServerConnection): Failure {
  return {
    type: "CONNECTIVITY",
    message: `${provider} at ${hostOf(baseUrl)} broke off: its answer ends without saying why it stops. Run it again.`,
    recoverable: true,
  };
}

function statusFailure(status: number, error: unknown, connection: ServerConnection, now: number): Failure {
  const { provider, baseUrl, model, keyVariable } = connection;
  const said = saidIn(error, connection).replace(/\.$/, "");
  const where = `${provider} at ${hostOf(baseUrl)} answered ${status}`;
  const call = APICallError.isInstance(error) ? error : undefined;
  const fail = (type: FailureType, message: string, hope: "may-pass" | "stays"): Failure => {
    const body = call?.responseBody;
    const details: Json = {
      status,
      ...(body === undefined ? {} : { body: withoutKey(body, connection).slice(0, 2000) }),
    };
    return { type, message, recoverable: hope === "may-pass", details };
  };
  if (status === 401 || status === 403) {
    const key =
      keyVariable === null
        ? "It wants a key: name its variable as api_key_env."
        : `Check the key in ${keyVariable}.`;
    return fail("SECURITY", `${where}: ${said}. ${key}`, "stays");
  }
  if (status === 404)
    return fail("VALIDATION", `${where}: ${said}. Check the model "${model}" and the address.`, "stays");
  if (/insufficient_quota/.test(call?.responseBody ?? ""))
    return fail("EXECUTION", `${where}: ${said}. The account has nothing left to spend.`, "stays");
  if (status === 408 || status === 409 || status === 429 || status >= 500) {
    const wait = retryAfterMs(call?.responseHeaders ?? {}, now);
    const failure = fail("CONNECTIVITY", `${where}: ${said}. ${waitAdvice(wait)}`, "may-pass");
    return wait === undefined ? failure : { ...failure, retryAfterMs: wait };
  }
  // What a server cannot do it seldom says by its status alone.
  const format = /response_format|json_schema|json_object/.test(said)
    ? ` If it has no JSON mode, set providers.${provider}.response_format to "none" in flowmason.json.`
    : "";
  return fail("EXECUTION", `${where}: ${said}.${format}`, "stays");
}

function waitAdvice(ms: number | undefined): string {
  return ms === undefined
    ? "Try again later."
    : `It asks to be left alone for ${Math.ceil(ms / 1000)} s; a stage with "retry" waits that long.`;
}

function networkAdvice(code: string | undefined): string {
  if (code === "ECONNREFUSED") return "Nothing listens there: start the server, or check the address.";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return "There is no host of that name, or no network: check the address.";
  return "Check the network and the address.";
}

function saidIn(error: unknown, connection: ServerConnection): string {
  return withoutKey(error instanceof Error ? error.message : String(error), connection);
}

/** Servers quote what they refuse. */
function withoutKey(text: string, { apiKey }: ServerConnection): string {
  return apiKey === null ? text : text.replaceAll(apiKey, "…");
}

/** The SDK's errors have one, also those of an answer that began well and broke off. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("statusCode" in error)) return undefined;
  const { statusCode } = error;
  return typeof statusCode === "number" && statusCode >= 400 ? statusCode : undefined;
}

/** The error and what caused it, outermost first. */
function* causesOf(error: unknown): Generator<Error> {
  for (let cause = error; cause instanceof Error; cause = cause.cause) yield cause;
}

/** ECONNREFUSED, ENOTFOUND, … */
function hasCode(error: Error): error is Error & { readonly code: string } {
  return "code" in error && typeof error.code === "string";
}
