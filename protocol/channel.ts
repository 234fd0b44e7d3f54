import * as z from "zod";
import { ChannelError } from "./channel-error.ts";
import { type Envelope, envelope } from "./envelope.ts";
import { type EventMessage, PROTOCOL_VERSION, type RequestMessage } from "./message.ts";

/** How messages get to the other side and come from it: in order, each once, as structured clones or JSON. */
export interface Port {
  post(message: unknown): void;
  /** Calls back with each message of the other side; returns how to stop that. */
  listen(receive: (message: unknown) => void): () => void;
}

/** A mistake that has no request to answer: an event's handler threw, or a message made no sense. */
export type ReportDefect = (error: unknown, during: string) => void;

/** One side of a conversation. Both sides have the same. */
export interface Channel {
  /** Resolves with the answer; rejects with a {@link ChannelError} only. */
  request<Params, Result>(
    message: RequestMessage<Params, Result>,
    params: Params,
    signal?: AbortSignal,
  ): Promise<Result>;
  emit<Params>(message: EventMessage<Params>, params: Params): void;
  /** One handler per request. Handlers start in the order of arrival; what one throws is the answer. */
  onRequest<Params, Result>(
    message: RequestMessage<Params, Result>,
    handle: (params: Params, signal: AbortSignal) => Result | Promise<Result>,
  ): void;
  onEvent<Params>(message: EventMessage<Params>, handle: (params: Params) => void): void;
  /** Rejects what is pending here, aborts what is running for the other side, and falls silent. */
  dispose(): void;
}

interface Pending {
  settle(
    outcome:
      | { readonly ok: true; readonly result: unknown }
      | { readonly ok: false; readonly error: ChannelError },
  ): void;
}

type RequestHandler = (params: unknown, signal: AbortSignal) => Promise<unknown>;
type EventHandler = (params: unknown) => void;

/** Opens one side of a conversation over `port`. Everything that comes in is validated here and nowhere else. */
export function createChannel(port: Port, reportDefect: ReportDefect): Channel {
  const pending = new Map<number, Pending>();
  const running = new Map<number, AbortController>();
  const requestHandlers = new Map<string, RequestHandler>();
  const eventHandlers = new Map<string, EventHandler>();
  let nextId = 0;
  let disposed = false;

  const send = (message: Envelope): void => port.post(message);
  const refuse = (id: number, error: ChannelError): void =>
    send({ kind: "failure", id, code: error.code, message: error.message });

  async function answer(id: number, name: string, params: unknown): Promise<void> {
    const handler = requestHandlers.get(name);
    if (handler === undefined) {
      refuse(id, new ChannelError("unknown-message", `Nothing here answers "${name}".`));
      return;
    }
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const result = await handler(params, controller.signal);
      if (!disposed) send({ kind: "reply", id, result });
    } catch (error) {
      if (!disposed) refuse(id, toChannelError(error));
    } finally {
      running.delete(id);
    }
  }

  function handleEvent(name: string, params: unknown): void {
    const handler = eventHandlers.get(name);
    if (handler === undefined)
      throw new ChannelError("unknown-message", `Nothing here listens to "${name}".`);
    handler(params);
  }

  function receive(message: Envelope): void {
    switch (message.kind) {
      case "request":
        if (message.protocol === PROTOCOL_VERSION) void answer(message.id, message.name, message.params);
        else refuse(message.id, versionError(message.protocol));
        return;
      case "event":
        if (message.protocol !== PROTOCOL_VERSION) throw versionError(message.protocol);
        handleEvent(message.name, message.params);
        return;
      case "reply":
        pending.get(message.id)?.settle({ ok: true, result: message.result });
        return;
      case "failure":
        pending
          .get(message.id)
          ?.settle({ ok: false, error: new ChannelError(message.code, message.message) });
        return;
      case "cancel":
        running
          .get(message.id)
          ?.abort(new ChannelError("cancelled", "The other side took the request back."));
        return;
    }
  }

  const stopListening = port.listen((raw) => {
    if (disposed) return;
    const parsed = envelope.safeParse(raw);
    if (!parsed.success) {
      reportDefect(parsed.error, "reading a message");
      return;
    }
    try {
      receive(parsed.data);
    } catch (error) {
      reportDefect(error, "name" in parsed.data ? parsed.data.name : parsed.data.kind);
    }
  });

  return {
    request(message, params, signal) {
      if (disposed) return Promise.reject(disposedError());
      if (signal?.aborted === true) return Promise.reject(cancelledError());
      const id = nextId++;
      return new Promise((resolve, reject) => {
        const cancel = (): void => {
          if (!pending.has(id)) return;
          send({ kind: "cancel", id });
          settle({ ok: false, error: cancelledError() });
        };
        const settle: Pending["settle"] = (outcome) => {
          pending.delete(id);
          signal?.removeEventListener("abort", cancel);
          if (!outcome.ok) {
            reject(outcome.error);
            return;
          }
          const result = message.result.safeParse(outcome.result);
          if (result.success) resolve(result.data);
          else
            reject(
              new ChannelError(
                "invalid-result",
                `The answer to "${message.name}" is not as agreed: ${z.prettifyError(result.error)}`,
              ),
            );
        };
        pending.set(id, { settle });
        signal?.addEventListener("abort", cancel, { once: true });
        try {
          send({ kind: "request", protocol: PROTOCOL_VERSION, id, name: message.name, params });
        } catch (error) {
          settle({ ok: false, error: toChannelError(error) });
        }
      });
    },
    emit(message, params) {
      if (!disposed) send({ kind: "event", protocol: PROTOCOL_VERSION, name: message.name, params });
    },
    onRequest(message, handle) {
      register(
        requestHandlers,
        message.name,
        async (params, signal) => await handle(validParams(message, params), signal),
      );
    },
    onEvent(message, handle) {
      register(eventHandlers, message.name, (params) => handle(validParams(message, params)));
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      stopListening();
      for (const request of [...pending.values()]) request.settle({ ok: false, error: disposedError() });
      for (const controller of running.values()) controller.abort(disposedError());
    },
  };
}

function register<Handler>(handlers: Map<string, Handler>, name: string, handler: Handler): void {
  if (handlers.has(name)) throw new Error(`"${name}" has a handler already.`);
  handlers.set(name, handler);
}

function validParams<Params>(
  message: { readonly name: string; readonly params: z.ZodType<Params> },
  params: unknown,
): Params {
  const parsed = message.params.safeParse(params);
  if (parsed.success) return parsed.data;
  throw new ChannelError(
    "invalid-params",
    `"${message.name}" was sent with unusable parameters: ${z.prettifyError(parsed.error)}`,
  );
}

function toChannelError(error: unknown): ChannelError {
  if (error instanceof ChannelError) return error;
  return new ChannelError("failed", error instanceof Error ? error.message : String(error));
}

function versionError(theirs: number): ChannelError {
  return new ChannelError(
    "protocol-version",
    `The other side speaks version ${theirs} of the protocol, this one ${PROTOCOL_VERSION}. Reload the window.`,
  );
}

function disposedError(): ChannelError {
  return new ChannelError("disposed", "The channel was closed.");
}

function cancelledError(): ChannelError {
  return new ChannelError("cancelled", "The request was taken back.");
}
