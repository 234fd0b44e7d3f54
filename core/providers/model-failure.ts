import { APICallError, InvalidResponseDataError } from "ai";
import type { Failure, FailureType, Json } from "#core/ports";
import type { Connection } from "./connection.ts";

type OpenAiConnection = Extract<Connection, { kind: "openai-compatible" }>;

/** What went wrong in a call, in FlowMason's error types (facts, section 4.10). */
export function modelFailure(error: unknown, connection: OpenAiConnection): Failure {
  const status = statusOf(error);
  if (status !== undefined) return statusFailure(status, error, connection);
  const reason = saidIn(error, connection).replace(/\.$/, "");
  const code = causeCode(error);
  if (code !== undefined || APICallError.isInstance(error)) {
    return {
      type: "CONNECTIVITY",
      message: `${connection.provider} at ${hostOf(connection.baseUrl)} cannot be reached, or broke off (${code ?? reason}). Check the network and the address.`,
      recoverable: true,
    };
  }
  return {
    type: "EXECUTION",
    message: `${connection.provider} at ${hostOf(connection.baseUrl)}: ${reason}.`,
    // An answer that just ends: the server gave up on it, and may not the next time.
    recoverable: InvalidResponseDataError.isInstance(error),
  };
}

function statusFailure(status: number, error: unknown, connection: OpenAiConnection): Failure {
  const { provider, baseUrl, model, keyVariable } = connection;
  const said = saidIn(error, connection);
  const where = `${provider} at ${hostOf(baseUrl)} answered ${status}`;
  const fail = (type: FailureType, message: string): Failure => {
    const body = APICallError.isInstance(error) ? error.responseBody : undefined;
    const details: Json = {
      status,
      ...(body === undefined ? {} : { body: withoutKey(body, connection).slice(0, 2000) }),
    };
    // Only a server that is busy or down answers otherwise another time.
    return { type, message, recoverable: type === "CONNECTIVITY", details };
  };
  if (status === 401 || status === 403) {
    const key =
      keyVariable === null
        ? "It wants a key: name its variable as api_key_env."
        : `Check the key in ${keyVariable}.`;
    return fail("SECURITY", `${where}: ${said}. ${key}`);
  }
  if (status === 404)
    return fail("VALIDATION", `${where}: ${said}. Check the model "${model}" and the address.`);
  if (status === 408 || status === 429 || status >= 500) {
    return fail("CONNECTIVITY", `${where}: ${said}. Try again later.`);
  }
  // What a server cannot do it seldom says by its status alone.
  const format = /response_format|json_schema|json_object/.test(said)
    ? ` If it has no JSON mode, set providers.${provider}.response_format to "none" in flowmason.json.`
    : "";
  return fail("EXECUTION", `${where}: ${said}.${format}`);
}

function saidIn(error: unknown, connection: OpenAiConnection): string {
  return withoutKey(error instanceof Error ? error.message : String(error), connection);
}

/** Servers quote what they refuse. */
function withoutKey(text: string, { apiKey }: OpenAiConnection): string {
  return apiKey === null ? text : text.replaceAll(apiKey, "…");
}

/** The SDK's errors have one, also those of an answer that began well and broke off. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("statusCode" in error)) return undefined;
  const { statusCode } = error;
  return typeof statusCode === "number" && statusCode >= 400 ? statusCode : undefined;
}

/** ECONNREFUSED, ENOTFOUND, … somewhere down the chain of causes. */
function causeCode(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return cause.code;
  }
  return undefined;
}

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}
