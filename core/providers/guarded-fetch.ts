import type { Failure } from "#core/ports";
import { hostOf, type ServerConnection } from "./connection.ts";

/** What an answer has that no adapter can make sense of; `failure` says it to the user. */
export class UnusableAnswer extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/**
 * `fetch` that refuses what is no answer of a model, as an {@link UnusableAnswer}: a page in place of a stream of
 * events, and more bytes than the connection allows.
 */
export function guardedFetch(
  connection: ServerConnection,
  fetch: typeof globalThis.fetch,
): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const type = response.headers.get("content-type");
    if (response.ok && type !== null && !/^text\/event-stream\b/i.test(type)) {
      await response.body?.cancel();
      throw wrongType(connection, type);
    }
    return response.body === null ? response : withLimit(response, response.body, connection);
  };
}

function withLimit(
  response: Response,
  body: ReadableStream<Uint8Array>,
  connection: ServerConnection,
): Response {
  const most = connection.maxResponseBytes;
  let bytes = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > most) controller.error(tooLarge(connection));
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(body.pipeThrough(counted), { status, statusText, headers: new Headers([...headers]) });
}

function wrongType({ provider, baseUrl }: ServerConnection, type: string): UnusableAnswer {
  return new UnusableAnswer({
    type: "EXECUTION",
    message: `${provider} at ${hostOf(baseUrl)} answered with ${type.slice(0, 100)} in place of a stream of events: this is not the address of a model. Check the address; many end with /v1.`,
    recoverable: false,
  });
}

function tooLarge({ provider, baseUrl, maxResponseBytes }: ServerConnection): UnusableAnswer {
  return new UnusableAnswer({
    type: "EXECUTION",
    message: `The answer of ${provider} at ${hostOf(baseUrl)} is larger than ${maxResponseBytes} bytes, the most that is read. Ask for less with max_tokens, or raise providers.${provider}.max_response_bytes in flowmason.json.`,
    recoverable: false,
  });
}
