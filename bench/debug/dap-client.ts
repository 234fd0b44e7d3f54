import { type ChildProcess, spawn } from "node:child_process";

/** What a client that measures needs of a debug adapter. */
export interface DapClient {
  /** Resolves to the response's body; rejects with its message. */
  request(command: string, args?: object): Promise<Body>;
  /** Resolves to the body of the next event of that name. */
  event(name: string): Promise<Body>;
  close(): void;
}

/** What is read of the bodies of all responses and events together; each has what its own kind has. */
export interface Body {
  readonly stackFrames: readonly { readonly id: number }[];
  readonly scopes: readonly { readonly variablesReference: number }[];
  readonly variables: readonly Row[];
  readonly targets: readonly { readonly id: number }[];
}

/** A row of the variables view. */
export interface Row {
  readonly name: string;
  readonly variablesReference: number;
  readonly indexedVariables?: number;
}

interface Message {
  readonly type: "event" | "response";
  readonly event: string;
  readonly command: string;
  readonly request_seq: number;
  readonly success: boolean;
  readonly message?: string;
  readonly body: Body;
}

/** Starts a program that speaks the protocol on its standard streams. The framing is our own: as little as can be. */
export function startDap(program: string, args: readonly string[]): DapClient {
  const child: ChildProcess = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = new Map<number, { resolve(body: Body): void; reject(error: Error): void }>();
  const events = new Map<string, ((body: Body) => void)[]>();
  let seq = 0;
  let rest: Buffer = Buffer.alloc(0);
  child.stdout?.on("data", (bytes: Buffer) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    for (;;) {
      const end = rest.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(rest.toString("latin1", 0, end))?.[1]);
      if (rest.length < end + 4 + length) return;
      take(JSON.parse(rest.toString("utf8", end + 4, end + 4 + length)));
      rest = rest.subarray(end + 4 + length);
    }
  });
  const take = (message: Message): void => {
    if (message.type === "event") {
      for (const resolve of events.get(message.event)?.splice(0) ?? []) resolve(message.body);
      return;
    }
    const waits = waiting.get(message.request_seq);
    waiting.delete(message.request_seq);
    if (message.success) waits?.resolve(message.body);
    else waits?.reject(new Error(`${message.command}: ${message.message}`));
  };
  return {
    request: (command, asked = {}) =>
      new Promise((resolve, reject) => {
        seq += 1;
        waiting.set(seq, { resolve, reject });
        const text = JSON.stringify({ seq, type: "request", command, arguments: asked });
        child.stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
      }),
    event: (name) =>
      new Promise((resolve) => {
        events.set(name, [...(events.get(name) ?? []), resolve]);
      }),
    close: () => void child.stdin?.end(),
  };
}

/** What a person who steps sees, and a client asks for at each step. */
export interface StepView {
  readonly stack: Body;
  readonly scopes: Body;
  readonly variables: Body;
}

/** One step, and all that a client asks for at it: the stack, the scopes of the innermost frame, the first of them. */
export async function step(client: DapClient, command: "next" | "stepBack", threadId = 1): Promise<StepView> {
  const stopped = client.event("stopped");
  await client.request(command, { threadId });
  await stopped;
  const stack = await client.request("stackTrace", { threadId, startFrame: 0, levels: 20 });
  const scopes = await client.request("scopes", { frameId: stack.stackFrames[0]?.id ?? 0 });
  const variablesReference = scopes.scopes[0]?.variablesReference ?? 0;
  const variables = await client.request("variables", { variablesReference });
  return { stack, scopes, variables };
}
