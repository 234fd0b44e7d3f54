import { PassThrough } from "node:stream";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { AdapterConnection } from "../../../debug-adapter/connection.ts";
import { createSession } from "../../../debug-adapter/session.ts";
import { faultIn } from "../support/protocol-check.ts";

/** A client of a session of this process, over two streams. */
export interface WireClient {
  /**
   * Asks, and gives the whole response, be it a refusal; throws where it says that the adapter has a defect. `taken` hears
   * of it before any event that comes after it.
   */
  ask(
    command: string,
    args?: object,
    taken?: (response: DebugProtocol.Response) => void,
  ): Promise<DebugProtocol.Response>;
  /** The same, of which a refusal is thrown. */
  get<Body>(command: string, args?: object): Promise<Body>;
  /** Hears of each event, in order, before any response that comes after it is given. */
  onEvent(heard: (event: DebugProtocol.Event) => void): void;
  close(): void;
}

/** Speaks to a session as a client does; each message from it is held to the protocol. */
export function connectToSession(): WireClient {
  const input = new PassThrough();
  const output = new PassThrough();
  const connection = new AdapterConnection((client) => createSession(client, () => {}), {
    warn: () => {},
    redactBy: () => {},
  });
  connection.listen(input, output);
  const open = new Map<number, PromiseWithResolvers<DebugProtocol.Response>>();
  const taking = new Map<number, (response: DebugProtocol.Response) => void>();
  const listeners: ((event: DebugProtocol.Event) => void)[] = [];
  let asked = 0;
  let fault: Error | null = null;

  const fail = (error: Error): void => {
    fault ??= error;
    for (const each of open.values()) each.reject(fault);
    open.clear();
  };

  const hear = (message: DebugProtocol.ProtocolMessage): void => {
    const wrong = faultIn(message);
    if (wrong !== null) fail(new Error(wrong));
    if (message.type === "event") {
      for (const each of listeners) each(message as DebugProtocol.Event);
      return;
    }
    const response = message as DebugProtocol.Response;
    const waiting = open.get(response.request_seq);
    open.delete(response.request_seq);
    taking.get(response.request_seq)?.(response);
    taking.delete(response.request_seq);
    const { message: text = "" } = response;
    if (text.startsWith("Defect in the FlowMason debug adapter")) waiting?.reject(new Error(text));
    else waiting?.resolve(response);
  };
  readMessages(output, (text) => hear(JSON.parse(text) as DebugProtocol.ProtocolMessage));

  const ask: WireClient["ask"] = (command, args, taken) => {
    if (fault !== null) return Promise.reject(fault);
    const seq = ++asked;
    const waiting = Promise.withResolvers<DebugProtocol.Response>();
    open.set(seq, waiting);
    if (taken !== undefined) taking.set(seq, taken);
    const text = JSON.stringify({ seq, type: "request", command, arguments: args });
    input.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    return waiting.promise;
  };

  return {
    ask,
    get: async <Body>(command: string, args?: object) => {
      const { success, message, body } = await ask(command, args);
      if (!success) throw new Error(`${command} was refused: ${message}`);
      return body as Body;
    },
    onEvent: (heard) => void listeners.push(heard),
    close: () => void input.end(),
  };
}

/** Calls back with the text of each message of a stream, once it is all there. */
function readMessages(stream: PassThrough, told: (text: string) => void): void {
  let rest = Buffer.alloc(0);
  stream.on("data", (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    for (;;) {
      const head = rest.indexOf("\r\n\r\n");
      const length = Number(/Content-Length: (\d+)/.exec(rest.toString("latin1", 0, Math.max(head, 0)))?.[1]);
      if (head < 0 || rest.length < head + 4 + length) return;
      const text = rest.toString("utf8", head + 4, head + 4 + length);
      rest = rest.subarray(head + 4 + length);
      told(text);
    }
  });
}
