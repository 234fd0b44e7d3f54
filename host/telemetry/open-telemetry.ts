import type { JournalEvent } from "#core/journal";
import type { Redactor } from "#core/secrets";
import { createSpanFold, mapAttributes, mapTexts, type Span, toOtlp, traceIdOf } from "#core/telemetry";
import { createSpanExporter } from "./otlp-exporter.ts";
import type { OtlpTarget } from "./otlp-target.ts";
import { postTraces } from "./post-traces.ts";

/** Hears what a run does, and sends traces of it. */
export interface Telemetry {
  /** The id of the trace that the run is in. */
  readonly traceId: string;
  onEvent(event: JournalEvent): void;
  /** Sends the rest, in bounded time; gives what people should know of it, or null. Never rejects. */
  close(): Promise<string | null>;
}

/** What a run's traces are made from. */
export interface TelemetryParts {
  readonly target: OtlpTarget;
  readonly runId: string;
  /** Events of the record that the run goes on from, which are not heard any more; null where it begins. */
  readonly record: readonly JournalEvent[] | null;
  /** FlowMason's own version; null where it is not known. */
  readonly version: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly redactor: Redactor;
}

/** Begins to send traces of a run. Of one that goes on, what was done before is not sent again. */
export function openTelemetry({ target, runId, record, version, env, redactor }: TelemetryParts): Telemetry {
  const { url, secrets, parent } = target;
  for (const [source, value] of secrets) redactor.know(source, value);
  const { take, cutOff } = createSpanFold(target);
  for (const event of record ?? []) take(event);
  let isNew = record === null;
  // Events come without secrets. Names of a pipeline's parts, and what the environment says of the service, do not.
  const text = (given: string): string => redactor.text(given);
  const post = (spans: readonly Span[], signal: AbortSignal): ReturnType<typeof postTraces> => {
    const resource = mapAttributes(target.resource, text);
    return postTraces(
      toOtlp(
        spans.map((span) => mapTexts(span, text)),
        { resource, version },
      ),
      target,
      env,
      signal,
    );
  };
  const exporter = createSpanExporter({ url, delayMs: target.delayMs, timeoutMs: target.timeoutMs, post });
  return {
    traceId: parent?.traceId ?? traceIdOf(runId),
    onEvent(event) {
      const spans = take(event);
      if (isNew && spans.length > 0) exporter.send(spans);
      isNew ||= event.kind === "run-resumed";
    },
    close() {
      const rest = cutOff();
      if (isNew && rest.length > 0) exporter.send(rest);
      return exporter.close();
    },
  };
}
