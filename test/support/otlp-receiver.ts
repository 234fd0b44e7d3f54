import type { IncomingHttpHeaders } from "node:http";
import { gunzipSync } from "node:zlib";
import { startServer } from "./loopback-server.ts";
import { type SentSpan, spansIn } from "./otlp.ts";

/** How a receiver answers; with 200 and nothing to say unless told otherwise. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request as it came. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * A receiver of traces on loopback. It answers the first request with the first answer, and so on, and all that follow with
 * 200. `taken` are the spans of requests that it answered with 200.
 */
export async function startOtlpReceiver(answers: readonly Answer[] = []): Promise<{
  readonly address: string;
  readonly received: readonly Received[];
  taken(): readonly SentSpan[];
}> {
  const received: Received[] = [];
  const taken: string[] = [];
  const address = await startServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const bytes = Buffer.concat(chunks);
    const { url: path = "", headers } = request;
    const body = (headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes).toString("utf8");
    const answer = answers[received.length] ?? { status: 200 };
    received.push({ path, headers, body });
    if (answer.status === 200) taken.push(body);
    response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
    response.end(answer.body ?? "{}");
  });
  return { address, received, taken: () => taken.flatMap(spansIn) };
}
