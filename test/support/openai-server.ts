import type { ServerResponse } from "node:http";
import { bodyOf, startServer } from "./loopback-server.ts";

/** What the server was asked. */
export interface ChatRequest {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly [key: string]: unknown;
  };
}

/** How it answers: text in pieces, a refusal, or a broken stream. */
export type ChatAnswer =
  | { readonly kind: "text"; readonly pieces: readonly string[]; readonly usage: "told" | "untold" }
  | { readonly kind: "status"; readonly status: number; readonly body: string }
  | { readonly kind: "broken"; readonly pieces: readonly string[] }
  /** Sends the pieces, then nothing more, and calls when the client has gone. */
  | { readonly kind: "hanging"; readonly pieces: readonly string[]; readonly gone: () => void };

/** A server that speaks OpenAI's streaming chat protocol; `address` ends with /v1. */
export async function startOpenAiServer(
  answer: ChatAnswer,
  /** Answers only then. */
  ready: Promise<void> = Promise.resolve(),
): Promise<{ readonly address: string; readonly requests: readonly ChatRequest[] }> {
  const requests: ChatRequest[] = [];
  const address = await startServer(async (request, response) => {
    const { url = "", headers } = request;
    requests.push({ url, authorization: headers.authorization, body: JSON.parse(await bodyOf(request)) });
    await ready;
    reply(response, answer);
  });
  return { address: `${address}/v1`, requests };
}

function reply(response: ServerResponse, answer: ChatAnswer): void {
  if (answer.kind === "status") {
    response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const content of answer.pieces) send(response, { choices: [{ index: 0, delta: { content } }] });
  switch (answer.kind) {
    case "text":
      send(response, { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
      if (answer.usage === "told") {
        send(response, { choices: [], usage: { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 } });
      }
      response.end("data: [DONE]\n\n");
      break;
    case "broken":
      response.write("", () => response.destroy());
      break;
    case "hanging":
      response.on("close", answer.gone);
      break;
  }
}

function send(response: ServerResponse, parts: object): void {
  const chunk = { id: "1", object: "chat.completion.chunk", created: 1, model: "test-model-7", ...parts };
  response.write(`data: ${JSON.stringify(chunk)}\n\n`);
}
