import type { FailureFollowUp, FrameEnd, JournalBody, RunFailure, SkipCause, ValueRef } from "#core/journal";
import { addressKey, type FrameStep, type LogLevel, type StageAddress } from "#core/ports";
import { addressOf, frameOf } from "./addresses.ts";
import { countOf, failureOfSpan, textOf } from "./failure-of-span.ts";
import { type Draft, modelEvents } from "./model-events.ts";
import type { ReadSpan, ReadSpanEvent } from "./read-otlp.ts";

/** Events of a span, around those of what is in it. */
export interface Around {
  readonly before: readonly Draft[];
  readonly after: readonly Draft[];
}

/** What events need where a trace has no value: a reference to null. */
export interface OwnParts {
  readonly runId: string;
  readonly nothing: ValueRef;
  /** Counts something that a record has no place for. */
  miss(what: string): void;
}

/** The events that a span of ours was made of; of the run's own span, what is told within it. */
export function eventsOfOwnSpan(span: ReadSpan, parent: ReadSpan | null, parts: OwnParts): Around {
  const { attributes } = span;
  const inside = span.events.flatMap((event) => eventsOfMoment(span, event, parts));
  if (attributes["flowmason.run.id"] !== undefined) return { before: inside, after: [] };
  const frame = frameOf(attributes);
  if (frame !== null) return aroundFrame(span, frame, inside, parts);
  const address = addressOf(attributes);
  if (attributes["flowmason.cache"] !== undefined) parts.miss("what the cache did for an attempt");
  if (address !== null) return aroundStage(span, address, inside, parts);
  const caller = parent === null ? null : addressOf(parent.attributes);
  if (caller !== null && attributes["flowmason.provider"] !== undefined)
    return { before: modelEvents(span, caller, attemptOf(parent?.attributes ?? {})), after: [] };
  parts.miss("spans of other programs");
  return { before: [], after: [] };
}

function attemptOf(attributes: ReadSpan["attributes"]): number {
  return countOf(attributes["flowmason.stage.attempt"]) ?? 1;
}

function aroundStage(
  span: ReadSpan,
  address: StageAddress,
  inside: readonly Draft[],
  { runId, nothing }: OwnParts,
): Around {
  const { attributes, startMs, endMs } = span;
  const attempt = attemptOf(attributes);
  const componentType = textOf(attributes["flowmason.component.type"]);
  const attemptKey = `${runId}/${addressKey(address)}/${attempt}`;
  const started: JournalBody | null =
    componentType === null
      ? null
      : { kind: "stage-started", address, attempt, attemptKey, componentType, inputs: nothing };
  /** Null where it was cut off. */
  const at = (end: JournalBody | null): Around => ({
    before: [...(started === null ? [] : [{ atMs: startMs, body: started }]), ...inside],
    after: end === null ? [] : [{ atMs: endMs, body: end }],
  });
  const status = attributes["flowmason.stage.status"];
  if (status === "succeeded") return at({ kind: "stage-succeeded", address, attempt, output: nothing });
  if (status === "cancelled") return at({ kind: "stage-cancelled", address, attempt });
  if (status !== "failed") return at(null);
  const delayMs = countOf(attributes["flowmason.stage.retry_delay_ms"]) ?? 0;
  const named = attributes["flowmason.stage.next"];
  const next: FailureFollowUp =
    named === "retry" ? { kind: named, delayMs } : { kind: named === "continue" ? named : "propagate" };
  return at({ kind: "stage-failed", address, attempt, failure: failureOfSpan(span), next });
}

function aroundFrame(
  span: ReadSpan,
  { owner: address, step }: { readonly owner: StageAddress; readonly step: FrameStep },
  inside: readonly Draft[],
  { nothing }: OwnParts,
): Around {
  const { startMs, endMs } = span;
  const ended = endOf(span);
  const [opened, closed] = frameBodies(step, address, nothing, ended ?? { kind: "cancelled" });
  return {
    before: [{ atMs: startMs, body: opened }, ...inside],
    after: ended === null ? [] : [{ atMs: endMs, body: closed }],
  };
}

function frameBodies(
  step: FrameStep,
  address: StageAddress,
  nothing: ValueRef,
  ended: FrameEnd,
): readonly [JournalBody, JournalBody] {
  const result = ended.kind === "completed" ? nothing : null;
  switch (step.kind) {
    case "iteration": {
      const { index } = step;
      return [
        { kind: "iteration-started", address, index, item: nothing },
        { kind: "iteration-finished", address, index, result, ended },
      ];
    }
    case "arm": {
      const { arm, attempt } = step;
      return [
        { kind: "arm-started", address, arm, attempt },
        { kind: "arm-finished", address, arm, attempt, result, ended },
      ];
    }
    case "subpipeline": {
      const { attempt } = step;
      const pipeline = { name: step.pipeline, path: null, hash: "" };
      return [
        { kind: "call-started", address, attempt, pipeline, input: nothing },
        { kind: "call-finished", address, attempt, pipeline, result, ended, againInMs: null },
      ];
    }
  }
}

/** Null where it was cut off. */
function endOf(span: ReadSpan): FrameEnd | null {
  const named = span.attributes["flowmason.frame.ended"];
  if (named === "failed") return { kind: "failed", failure: { ...failureOfSpan(span), stage: null } };
  return named === "completed" || named === "returned" || named === "cancelled" ? { kind: named } : null;
}

function eventsOfMoment(
  span: ReadSpan,
  { name, atMs, attributes }: ReadSpanEvent,
  { miss }: OwnParts,
): readonly Draft[] {
  const address = addressOf(attributes);
  if (name === "flowmason.run.ending") {
    const type = attributes["flowmason.reason"];
    const failure: RunFailure | null = type === "CANCELLED" ? null : { ...failureOfSpan(span), stage: null };
    return [{ atMs, body: { kind: "run-ending", failure } }];
  }
  // The end of the span tells of it.
  if (name === "exception") return [];
  if (address === null) {
    miss(`events "${name.slice(0, 100)}"`);
    return [];
  }
  switch (name) {
    case "flowmason.stage.skipped": {
      const reason = textOf(attributes["flowmason.skip.reason"]) ?? "";
      return [
        {
          atMs,
          body: {
            kind: "stage-skipped",
            address,
            reason,
            cause: causeOf(attributes["flowmason.skip.cause"]),
          },
        },
      ];
    }
    case "flowmason.stage.cancelled":
      return [{ atMs, body: { kind: "stage-cancelled", address, attempt: 0 } }];
    case "flowmason.log": {
      const message = textOf(attributes["flowmason.log.message"]) ?? "";
      const level = levelOf(attributes["flowmason.log.level"]);
      const attempt = attemptOf(span.attributes);
      return [{ atMs, body: { kind: "stage-log", address, attempt, level, message } }];
    }
    default:
      miss(`events "${name.slice(0, 100)}"`);
      return [];
  }
}

const CAUSES: readonly SkipCause[] = [
  "disabled",
  "condition",
  "refused",
  "branch",
  "upstream-skipped",
  "upstream-failed",
  "reference",
  "ended",
];

function causeOf(named: unknown): SkipCause {
  return CAUSES.find((cause) => cause === named) ?? "condition";
}

const LEVELS: readonly LogLevel[] = ["debug", "info", "warning", "error"];

function levelOf(named: unknown): LogLevel {
  return LEVELS.find((level) => level === named) ?? "info";
}
