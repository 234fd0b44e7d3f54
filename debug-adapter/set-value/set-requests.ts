import type { DebugProtocol } from "@vscode/debugprotocol";
import { type Client, handler, type RequestHandler } from "../connection.ts";
import type { Inspection } from "../inspection.ts";

/** The requests that set values by hand. */
export interface SetRequests {
  /** Learns from `initialize` what the client wants to hear. */
  initialized(args: DebugProtocol.InitializeRequestArguments): void;
  readonly requests: readonly (readonly [string, RequestHandler])[];
}

export function createSetRequests(
  inspection: Pick<Inspection, "setVariable" | "setExpression">,
  client: Pick<Client, "event">,
): SetRequests {
  let hearsInvalidated = false;

  /** Rows that the client has may have become others. Told once the response is out. */
  const changed = <Body>(body: Body): Body => {
    if (hearsInvalidated) setImmediate(() => client.event("invalidated", { areas: ["variables"] }));
    return body;
  };

  return {
    initialized: ({ supportsInvalidatedEvent }) => {
      hearsInvalidated = supportsInvalidatedEvent === true;
    },
    requests: [
      [
        "setVariable",
        handler<DebugProtocol.SetVariableArguments>((args) => changed(inspection.setVariable(args))),
      ],
      [
        "setExpression",
        handler<DebugProtocol.SetExpressionArguments>((args) => changed(inspection.setExpression(args))),
      ],
    ],
  };
}
