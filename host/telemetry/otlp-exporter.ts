import type { Span } from "#core/telemetry";
import { type Delivery, postTraces } from "./post-traces.ts";

/** Sends spans while a run goes on, and never stands in its way. */
export interface SpanExporter {
  /** Takes spans that have ended. */
  send(spans: readonly Span[]): void;
  /** Sends what is left, in the time that there is for it; gives what people should know, or null. */
  close(): Promise<string | null>;
}

/** What an exporter needs. */
export interface ExporterParts {
  readonly url: URL;
  /** Milliseconds until spans that have ended are sent. */
  readonly delayMs: number;
  /** Milliseconds for what is left when it is closed. */
  readonly timeoutMs: number;
  /** One try at sending spans. Never rejects. */
  readonly post: (spans: readonly Span[], signal: AbortSignal) => ReturnType<typeof postTraces>;
}

/** As many spans as a request has at most. */
const BATCH = 512;
/** As many as wait at most: a server that is slower than the run loses the rest, which is said. */
const MOST_WAITING = 20_000;
const MOST_TRIES = 5;
/** For a server that cannot be reached: waiting long would only make the run's end late. */
const TRIES_TO_CONNECT = 2;
const FIRST_WAIT_MS = 500;

/** Sends in batches, one after the other, and tries again where the server says that it can help. */
export function createSpanExporter({ url, delayMs, timeoutMs, post }: ExporterParts): SpanExporter {
  const waiting: Span[] = [];
  const over = new AbortController();
  let lost = 0;
  let reason: string | null = null;
  let remark: string | null = null;
  /** One for a server that has not been there for a whole batch: it is not waited for again. */
  let triesToConnect = TRIES_TO_CONNECT;
  let working: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;

  const lose = (count: number, why: string): void => {
    lost += count;
    reason ??= why;
  };

  const deliver = async (batch: readonly Span[]): Promise<void> => {
    for (let tries = 1; ; tries++) {
      const delivery = await post(batch, over.signal);
      if (delivery.kind === "taken") {
        triesToConnect = TRIES_TO_CONNECT;
        if (delivery.rejected > 0) return lose(delivery.rejected, delivery.remark ?? "It rejected them.");
        remark ??= delivery.remark;
        return;
      }
      if (tries >= triesFor(delivery, triesToConnect) || over.signal.aborted) {
        if (delivery.kind === "unreachable") triesToConnect = 1;
        return lose(batch.length, delivery.reason);
      }
      const wait = delivery.kind === "later" ? delivery.afterMs : null;
      const isOver = await pause(wait ?? FIRST_WAIT_MS * 2 ** (tries - 1), over.signal);
      if (isOver) return lose(batch.length, delivery.reason);
    }
  };

  const work = async (): Promise<void> => {
    while (waiting.length > 0) await deliver(waiting.splice(0, BATCH));
  };

  const begin = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    working ??= work().finally(() => {
      working = null;
      if (waiting.length > 0) begin();
    });
  };

  return {
    send(spans) {
      const room = MOST_WAITING - waiting.length;
      waiting.push(...spans.slice(0, room));
      if (spans.length > room)
        lose(spans.length - room, "It takes them more slowly than the run makes them.");
      if (waiting.length >= BATCH) return begin();
      if (waiting.length === 0 || timer !== null || working !== null) return;
      timer = setTimeout(begin, delayMs);
      // Nothing waits for it: what is left is sent at the end.
      timer.unref();
    },
    async close() {
      const deadline = setTimeout(() => over.abort(), timeoutMs);
      if (waiting.length > 0) begin();
      while (working !== null) await working;
      clearTimeout(deadline);
      if (timer !== null) clearTimeout(timer);
      return noticeOf(url, lost, reason ?? remark);
    },
  };
}

function triesFor(delivery: Delivery, triesToConnect: number): number {
  switch (delivery.kind) {
    case "taken":
    case "refused":
      return 1;
    case "later":
      return MOST_TRIES;
    case "unreachable":
      return triesToConnect;
  }
}

/** Waits; gives whether it was cut short. */
function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(true);
    const end = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", end);
      resolve(false);
    }, ms);
    signal.addEventListener("abort", end, { once: true });
  });
}

function noticeOf(url: URL, lost: number, reason: string | null): string | null {
  if (reason === null) return null;
  const what = lost === 0 ? "The traces" : `${lost} span${lost === 1 ? "" : "s"} of the traces`;
  const outcome = lost === 0 ? "were taken with a remark" : "could not be sent";
  const next =
    lost === 0
      ? ""
      : " The run is as it was; fm export --format otlp writes the traces of a recorded run to a file.";
  return `${what} ${outcome} to ${url.origin}${url.pathname}: ${reason}${next}`;
}
