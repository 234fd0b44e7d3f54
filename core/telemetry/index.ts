// What other tools are told of a run: spans for OpenTelemetry, by a fold over the journal's events, and metrics for
// Prometheus, of its state. And the way back: records of runs, from traces. Nothing here may send
// anything, read a clock, or tell what was asked of models and what they answered unless it is told to.
export { looksLikeLangsmith, readLangsmith } from "./import/read-langsmith.ts";
export { looksLikeOtlp, type ReadTraces, readOtlp } from "./import/read-otlp.ts";
export { type ImportedRun, runsOfTraces } from "./import/runs-of-traces.ts";
export { metricsText } from "./metrics-text.ts";
export type { ContentCapture } from "./model-calls.ts";
export { type SpanSource, toOtlp } from "./otlp-json.ts";
export {
  type Attributes,
  type AttributeValue,
  mapAttributes,
  mapTexts,
  type RemoteParent,
  type Span,
  type SpanEvent,
} from "./span.ts";
export { createSpanFold, type SpanFold } from "./span-fold.ts";
export { traceIdOf } from "./span-ids.ts";
export type { SpanOptions } from "./span-tree.ts";
export { spansOfRun } from "./spans-of-run.ts";
export { readTraceParent, type TraceParent } from "./trace-parent.ts";
