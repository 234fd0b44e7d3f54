import { PassThrough, type Writable } from "node:stream";
import { DebugSession, Event, OutputEvent, Response } from "@vscode/debugadapter";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Json } from "#core/ports";
import { createRedactor, type Redactor, redactedTexts } from "#core/secrets";
import { AdapterError, adapterErrors, DEFECT_EXIT_CODE, defectMessage } from "./adapter-error.ts";
import { readFrames } from "./read-frames.ts";
import { checkArguments } from "./required-arguments.ts";
import { TurnWriter } from "./turn-writer.ts";

/** Answers one kind of request: returns the response's body, or throws an {@link AdapterError}. */
export type RequestHandler = (args: unknown) => unknown;

/** Names the type of a request's arguments. What a request cannot do without is checked before, by {@link checkArguments}. */
export function handler<Args>(handle: (args: Args) => unknown): RequestHandler {
  return (args) => handle((args ?? {}) as Args);
}

/** The client's side of a session, as the session sees it. */
export interface Client {
  event(name: string, body?: unknown): void;
  /** From here on none of its secrets is in any message. */
  redactBy(redactor: Redactor): void;
  /** A value without these secrets: for what is cut before it is sent. */
  redacted(value: Json): Json;
}

/** What the process around a connection hears of it. */
export interface ConnectionListener {
  /** What is wrong with what the client sends, for standard error. */
  readonly warn: (text: string) => void;
  /** From here on none of its secrets is in anything that the process says. */
  readonly redactBy: (redactor: Redactor) => void;
}

/** How a connection ended: the client left, or sends what cannot be read as the protocol. */
export type ConnectionEnd = "left" | "lost";

/** What a session offers to a connection: a handler per request, and what to do when the client goes away. */
export interface RequestTable {
  readonly requests: ReadonlyMap<string, RequestHandler>;
  /** Runs after the response of that request was sent, unless it was refused: `initialized` must not overtake it. */
  readonly after: ReadonlyMap<string, () => void>;
  closed(): void;
}

/**
 * Speaks DAP over two streams: what is sent is framed and numbered by @vscode/debugadapter, what comes is read by
 * {@link readFrames}, since @vscode/debugadapter goes or waits without a word where it cannot be read. Routing is the
 * table's. The one catch of the adapter's process is here: an {@link AdapterError} becomes the request's error response,
 * anything else is a defect of ours and says so.
 */
export class AdapterConnection extends DebugSession {
  readonly #table: RequestTable;
  readonly #listener: ConnectionListener;
  #redactor = createRedactor("");
  #end: ConnectionEnd | null = null;
  #writer: TurnWriter | null = null;

  constructor(createTable: (client: Client) => RequestTable, listener: ConnectionListener) {
    super();
    this.#listener = listener;
    this.#table = createTable({
      event: (name, body) => this.sendEvent(new Event(name, redactedTexts(this.#redactor, body))),
      redactBy: (redactor) => {
        this.#redactor = redactor;
        listener.redactBy(redactor);
      },
      redacted: (value) => this.#redactor.value(value),
    });
  }

  /** Listens to a client until it leaves, or what it sends cannot be read. */
  listen(input: NodeJS.ReadableStream, output: Writable): void {
    this.#writer = new TurnWriter(output);
    // Of its own reading nothing is used.
    this.start(new PassThrough(), this.#writer);
    readFrames(input, {
      message: (message) => this.handleMessage(message),
      refused: (reason) =>
        this.#complain(`The client sent ${reason}. This message was passed over; the session goes on.`),
      lost: (reason) => {
        this.#complain(
          `The client does not speak the Debug Adapter Protocol: ${reason}. The session ends. Each message begins with "Content-Length: N", two line breaks of CR and LF, and has N bytes of JSON.`,
        );
        this.#close("lost");
      },
      closed: () => this.#close("left"),
    });
  }

  /** How the client's side ended; null while it has not. */
  get end(): ConnectionEnd | null {
    return this.#end;
  }

  /** DebugSession ends the whole process when nothing can be written any more; the session decides that instead. */
  override shutdown(): void {
    this.#close("left");
  }

  /** Writes what is held back of this turn: before the process ends, which would not wait for it. */
  flush(): void {
    this.#writer?.flush();
  }

  /** Ends what is written to, after what is held back. */
  hangUp(): void {
    this.#writer?.end();
  }

  #close(end: ConnectionEnd): void {
    if (this.#end !== null) return;
    this.#end = end;
    this.#table.closed();
  }

  #complain(text: string): void {
    this.#listener.warn(text);
    this.sendEvent(new OutputEvent(`${text}\n`, "stderr"));
  }

  protected override dispatchRequest(request: DebugProtocol.Request): void {
    void this.#answer(request);
  }

  async #answer(request: DebugProtocol.Request): Promise<void> {
    const response = new Response(request) as DebugProtocol.Response;
    try {
      const handle = this.#table.requests.get(request.command);
      if (handle === undefined) throw adapterErrors.unknownRequest(request.command);
      checkArguments(request.command, request.arguments);
      const body = await handle(request.arguments);
      if (body !== undefined) response.body = body;
    } catch (error) {
      response.success = false;
      describe(response, error);
    }
    if (response.message !== undefined) response.message = this.#redactor.text(response.message);
    response.body = redactedTexts(this.#redactor, response.body);
    this.sendResponse(response);
    if (response.success) this.#table.after.get(request.command)?.();
  }
}

// The text goes through `variables`, since DAP's `format` would substitute braces in it.
function describe(response: DebugProtocol.Response, error: unknown): void {
  const message = error instanceof AdapterError ? error.message : defectMessage(error);
  const id = error instanceof AdapterError ? 1 : DEFECT_EXIT_CODE;
  const showUser = !(error instanceof AdapterError) || error.audience === "user";
  response.message = message;
  response.body = { error: { id, format: "{message}", variables: { message }, showUser } };
}
