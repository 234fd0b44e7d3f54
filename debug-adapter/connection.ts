import { DebugSession, Event, Response } from "@vscode/debugadapter";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { createRedactor, type Redactor, redactedTexts } from "#core/secrets";
import { AdapterError, adapterErrors, DEFECT_EXIT_CODE, defectMessage } from "./adapter-error.ts";

/** Answers one kind of request: returns the response's body, or throws an {@link AdapterError}. */
export type RequestHandler = (args: unknown) => unknown;

/** Names the type of a request's arguments. They are not checked again: DAP's own types are the contract with clients. */
export function handler<Args>(handle: (args: Args) => unknown): RequestHandler {
  return (args) => handle((args ?? {}) as Args);
}

/** The client's side of a session, as the session sees it. */
export interface Client {
  event(name: string, body?: unknown): void;
  /** From here on none of its secrets is in any message. */
  redactBy(redactor: Redactor): void;
}

/** What a session offers to a connection: a handler per request, and what to do when the client goes away. */
export interface RequestTable {
  readonly requests: ReadonlyMap<string, RequestHandler>;
  /** Runs after the response of that request was sent: `initialized` must not overtake it. */
  readonly after: ReadonlyMap<string, () => void>;
  closed(): void;
}

/**
 * Speaks DAP over two streams: framing and sequence numbers are @vscode/debugadapter's, routing is the
 * table's. The one catch of the adapter's process is here: an {@link AdapterError} becomes the request's
 * error response, anything else is a defect of ours and says so.
 */
export class AdapterConnection extends DebugSession {
  readonly #table: RequestTable;
  #redactor = createRedactor("");

  constructor(createTable: (client: Client) => RequestTable) {
    super();
    this.#table = createTable({
      event: (name, body) => this.sendEvent(new Event(name, redactedTexts(this.#redactor, body))),
      redactBy: (redactor) => {
        this.#redactor = redactor;
      },
    });
  }

  /** DebugSession ends the whole process when its stream closes; the session decides that instead. */
  override shutdown(): void {
    this.#table.closed();
  }

  protected override dispatchRequest(request: DebugProtocol.Request): void {
    void this.#answer(request);
  }

  async #answer(request: DebugProtocol.Request): Promise<void> {
    const response = new Response(request) as DebugProtocol.Response;
    try {
      const handle = this.#table.requests.get(request.command);
      if (handle === undefined) throw adapterErrors.unknownRequest(request.command);
      const body = await handle(request.arguments);
      if (body !== undefined) response.body = body;
    } catch (error) {
      response.success = false;
      describe(response, error);
    }
    if (response.message !== undefined) response.message = this.#redactor.text(response.message);
    response.body = redactedTexts(this.#redactor, response.body);
    this.sendResponse(response);
    this.#table.after.get(request.command)?.();
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
