import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { bodyOf, startServer } from "./loopback-server.ts";

/** Whose protocol a server speaks. */
export type Wire = "openai" | "anthropic" | "google";

/** What a server does with a call. Pieces are of the answer's text. */
export type Behaviour =
  | { readonly kind: "text"; readonly pieces: readonly string[] }
  | {
      readonly kind: "refuse";
      readonly status: number;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Breaks the connection after the pieces. */
  | { readonly kind: "break"; readonly pieces: readonly string[] }
  /** Sends the pieces, then nothing more, and calls when the client has gone. */
  | { readonly kind: "hang"; readonly pieces: readonly string[]; readonly gone: () => void }
  /** The pieces, then a line as it is. */
  | { readonly kind: "garble"; readonly pieces: readonly string[]; readonly line: string }
  /** The piece again and again, until the client has gone. */
  | { readonly kind: "flood"; readonly piece: string; readonly gone: () => void }
  | { readonly kind: "page"; readonly type: string; readonly body: string };

/** A call as it came. */
export interface Call {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly [key: string]: unknown };
}

/**
 * A real server on loopback that speaks one of the protocols. It does the first thing with the first call, and so on;
 * the last with all that follow. `address` is what a base URL has to be.
 */
export async function startModelServer(
  wire: Wire,
  behaviours: readonly [Behaviour, ...Behaviour[]],
): Promise<{ readonly address: string; readonly calls: readonly Call[] }> {
  const calls: Call[] = [];
  const address = await startServer(async (request, response) => {
    const { url = "", headers } = request;
    calls.push({ url, headers, body: JSON.parse(await bodyOf(request)) });
    const behaviour = behaviours[Math.min(calls.length, behaviours.length) - 1] ?? behaviours[0];
    await behave(wire, behaviour, response);
  });
  return { address: address + { openai: "/v1", anthropic: "/v1", google: "/v1beta" }[wire], calls };
}

async function behave(wire: Wire, behaviour: Behaviour, response: ServerResponse): Promise<void> {
  if (behaviour.kind === "refuse") {
    const headers = { "content-type": "application/json", ...behaviour.headers };
    response.writeHead(behaviour.status, headers).end(behaviour.body);
    return;
  }
  if (behaviour.kind === "page") {
    response.writeHead(200, { "content-type": behaviour.type }).end(behaviour.body);
    return;
  }
  const events = wires[wire];
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  response.write(events.begin());
  if (behaviour.kind === "flood") {
    response.on("close", behaviour.gone);
    while (!response.destroyed) {
      if (!response.write(events.piece(behaviour.piece)))
        await new Promise<void>((resolve) => {
          response.once("drain", resolve).once("close", resolve);
        });
    }
    return;
  }
  for (const piece of behaviour.pieces) response.write(events.piece(piece));
  switch (behaviour.kind) {
    case "text":
      response.end(events.end());
      return;
    case "break":
      response.write("", () => response.destroy());
      return;
    case "hang":
      response.on("close", behaviour.gone);
      return;
    case "garble":
      response.end(`${behaviour.line}\n\n`);
      return;
  }
}

interface Events {
  begin(): string;
  piece(text: string): string;
  end(): string;
}

const openAiUsage = {
  prompt_tokens: 20,
  completion_tokens: 5,
  total_tokens: 25,
  prompt_tokens_details: { cached_tokens: 12 },
};

/** Every answer is of 20 tokens asked, 12 of them from a cache, and 5 answered. */
const wires: Readonly<Record<Wire, Events>> = {
  openai: {
    begin: () => chunk({ choices: [{ index: 0, delta: { role: "assistant" } }] }),
    piece: (content) => chunk({ choices: [{ index: 0, delta: { content } }] }),
    end: () =>
      chunk({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }) +
      // Groq has a place of its own for it.
      chunk({ choices: [], usage: openAiUsage, x_groq: { usage: openAiUsage } }) +
      "data: [DONE]\n\n",
  },
  anthropic: {
    begin: () =>
      named("message_start", {
        message: {
          id: "m1",
          type: "message",
          role: "assistant",
          model: "test-model-7",
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { input_tokens: 8, cache_read_input_tokens: 12, output_tokens: 1 },
        },
      }) + named("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
    piece: (text) => named("content_block_delta", { index: 0, delta: { type: "text_delta", text } }),
    end: () =>
      named("content_block_stop", { index: 0 }) +
      named("message_delta", {
        delta: { stop_reason: "end_turn", stop_sequence: null },
        usage: { output_tokens: 5 },
      }) +
      named("message_stop", {}),
  },
  google: {
    begin: () => "",
    piece: (text) => event({ candidates: [{ content: { role: "model", parts: [{ text }] }, index: 0 }] }),
    end: () =>
      event({
        candidates: [{ content: { role: "model", parts: [{ text: "" }] }, finishReason: "STOP", index: 0 }],
        usageMetadata: {
          promptTokenCount: 20,
          cachedContentTokenCount: 12,
          candidatesTokenCount: 5,
          totalTokenCount: 25,
        },
        modelVersion: "test-model-7",
      }),
  },
};

function chunk(parts: object): string {
  return event({ id: "1", object: "chat.completion.chunk", created: 1, model: "test-model-7", ...parts });
}

function named(type: string, parts: object): string {
  return `event: ${type}\n${event({ type, ...parts })}`;
}

function event(parts: object): string {
  return `data: ${JSON.stringify(parts)}\n\n`;
}
