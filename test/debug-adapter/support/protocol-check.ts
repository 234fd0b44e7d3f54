import type { DebugClient } from "@vscode/debugadapter-testsupport";
import { Ajv } from "ajv";
import { protocolTypes } from "./protocol-types.ts";

const definitions = protocolTypes();
const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema({ $id: "protocol", definitions });

/** What is wrong with a message that an adapter sent, by the protocol's types; null for nothing. */
export function faultIn(message: unknown): string | null {
  const { type, command, event, success } = message as {
    readonly [name: string]: string | boolean | undefined;
  };
  const name = type === "event" ? `${pascal(event)}Event` : `${pascal(command)}Response`;
  // What DAP has no message for has a name of ours, and a shape of ours, which protocol/ checks.
  if (String(event ?? command).startsWith("flowmason/")) return null;
  const of = success === false ? "ErrorResponse" : name;
  const validate = ajv.getSchema(`protocol#/definitions/${of}`);
  if (validate === undefined) return `The protocol has no ${of}.`;
  if (validate(message) === true) return null;
  return `${of}: ${ajv.errorsText(validate.errors)}: ${JSON.stringify(message)}`;
}

function pascal(name: string | boolean | undefined): string {
  const text = String(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Has each message that comes to a client checked; `told` hears of faults. */
export function checkMessages(client: DebugClient, told: (fault: string) => void): void {
  // Where the client reads a message; its types keep it to itself.
  const dispatch: unknown = Reflect.get(client, "dispatch");
  if (typeof dispatch !== "function")
    throw new Error("The DAP client reads its messages otherwise than before.");
  Reflect.set(client, "dispatch", (body: string) => {
    const fault = faultIn(JSON.parse(body));
    if (fault !== null) told(fault);
    Reflect.apply(dispatch, client, [body]);
  });
}
