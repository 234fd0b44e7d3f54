import { ErrorCodes, ResponseError } from "vscode-languageserver";
import type { RequestMessage } from "#protocol";

/**
 * What a request of ours asks with. Throws the protocol's answer to parameters that are not as the request has them, so
 * that whoever sent them is told where, and does not look for the fault in the server.
 */
export function validParams<Params>(
  { name, params: shape }: Pick<RequestMessage<Params, unknown>, "name" | "params">,
  given: unknown,
): Params {
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${["params", ...path].join(".")}: ${message}`,
  );
  throw new ResponseError(ErrorCodes.InvalidParams, `${name} cannot be answered. ${faults.join("; ")}`);
}
