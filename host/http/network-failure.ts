import type { Failure } from "#core/ports";

/** What the network, or the server's answer, did to a request: the cause of fetch's error, in FlowMason's types. */
export function networkFailure(host: string, cause: Error): Failure {
  const { code, message } = rootCause(cause);
  if (code !== undefined && /CERT|TLS|SSL/.test(code)) {
    return {
      type: "SECURITY",
      message: `The certificate of ${host} is not trusted (${code}). If you know the server, set "verify_ssl" to false.`,
      recoverable: false,
    };
  }
  if (code !== undefined && /^(Z_|ERR__ERROR_FORMAT|ERR_BROTLI|ERR_ZSTD|ZSTD_)/.test(code)) {
    return {
      type: "EXECUTION",
      message: `The answer of ${host} says that it is compressed, and cannot be unpacked (${code}: ${message}). Ask for it as it is, with the header "Accept-Encoding: identity", or see what the server sends.`,
      recoverable: false,
      details: { host, reason: message },
    };
  }
  return {
    type: "CONNECTIVITY",
    message: `${host} cannot be reached (${code ?? message}). Check the address and the network.`,
    recoverable: true,
    details: { host, reason: message },
  };
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
