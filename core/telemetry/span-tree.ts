import { addressKey, type Failure, type FrameStep, type StageAddress } from "#core/ports";
import { type ContentCapture, createModelCalls, type ModelCalls } from "./model-calls.ts";
import { closeSpan, noteFailure, type OpenSpan, openSpan, type TraceIdentity } from "./open-span.ts";
import type { Attributes, AttributeValue, RemoteParent, Span } from "./span.ts";
import { spanIdOf, traceIdOf } from "./span-ids.ts";

/** What spans are made with. */
export interface SpanOptions {
  /** Whose work the run is part of; null where it stands alone. */
  readonly parent: RemoteParent | null;
  readonly capture: ContentCapture;
}

/** An attempt at a stage that has begun. */
export interface OpenStage {
  readonly span: OpenSpan;
  readonly calls: ModelCalls;
}

/** The part of a run that one process does, until it stops. */
export interface Session {
  readonly runId: string;
  readonly pipelineName: string;
  /** The event that it began or went on with: ids of what it does have it in them. */
  readonly seq: number;
  readonly atMs: number;
  readonly attributes: Attributes;
}

type Frames = readonly FrameStep[];

/** The spans of a session that are open, and those that have ended and were not taken yet. */
export interface SpanTree {
  readonly root: OpenSpan;
  /** A name for a span that no other of the session has; the same one each time the same is folded. */
  idOf(...names: readonly (string | number)[]): string;
  /** The span of a frame, which is opened where it is not. */
  frameAt(frames: Frames, atMs: number): OpenSpan;
  openStage(stage: NewStage): OpenStage;
  stage(address: StageAddress): OpenStage | undefined;
  endStage(address: StageAddress, end: StageEnd): void;
  endFrame(frames: Frames, atMs: number, end: string, failure: Failure | null): void;
  /** Something of a stage that has no span of its own: with the nearest that is open. */
  note(address: StageAddress, name: string, atMs: number, attributes: Attributes): void;
  /** Ends all that is open: the innermost first, the session last. `error` is what went wrong with what is inside. */
  end(atMs: number, error: string | null, failure: Failure | null): void;
  /** What has ended since it was asked last. */
  takeEnded(): readonly Span[];
}

/** An attempt that begins. */
export interface NewStage {
  readonly address: StageAddress;
  readonly attempt: number;
  readonly componentType: string | null;
  readonly atMs: number;
}

/** How an attempt ended. */
export interface StageEnd {
  readonly atMs: number;
  readonly status: "succeeded" | "failed" | "cancelled";
  readonly failure: Failure | null;
}

/** Begins a session, and with it the span that the others are in. */
export function createSpanTree(session: Session, { parent, capture }: SpanOptions): SpanTree {
  const { runId, seq } = session;
  const trace: TraceIdentity = {
    traceId: parent?.traceId ?? traceIdOf(runId),
    traceState: parent?.traceState ?? "",
  };
  const root = rootOf(session, parent, trace);
  const stages = new Map<string, OpenStage>();
  const frames = new Map<string, OpenSpan>();
  const used = new Map<string, number>();
  let ended: Span[] = [];

  const idOf = (...names: readonly (string | number)[]): string => {
    const name = JSON.stringify(names);
    const times = used.get(name) ?? 0;
    used.set(name, times + 1);
    return spanIdOf(runId, seq, ...names, ...(times === 0 ? [] : [times]));
  };

  const close = (span: OpenSpan, atMs: number, error: string | null): void => {
    ended.push(closeSpan(span, trace, atMs, error));
  };

  const frameAt = (steps: Frames, atMs: number): OpenSpan => {
    const step = steps.at(-1);
    if (step === undefined) return root;
    const key = frameKey(steps);
    const open = frames.get(key);
    if (open !== undefined) return open;
    const address = { frames: steps.slice(0, -1), stage: step.owner };
    const owner =
      stages.get(addressKey(address)) ?? openStage({ address, attempt: 1, componentType: null, atMs });
    const span = openSpan({
      spanId: idOf("frame", key),
      parentSpanId: owner.span.spanId,
      kind: "internal",
      startMs: atMs,
      ...aboutFrame(step, key, steps),
    });
    frames.set(key, span);
    return span;
  };

  const openStage = ({ address, attempt, componentType, atMs }: NewStage): OpenStage => {
    const key = addressKey(address);
    const span = openSpan({
      spanId: idOf("stage", key, attempt),
      parentSpanId: frameAt(address.frames, atMs).spanId,
      name: address.stage,
      kind: "internal",
      startMs: atMs,
      attributes: {
        ...aboutStage(address),
        "flowmason.stage.attempt": attempt,
        ...(componentType === null ? {} : { "flowmason.component.type": componentType }),
      },
    });
    const stage = { span, calls: createModelCalls(trace, capture) };
    stages.set(key, stage);
    return stage;
  };

  return {
    root,
    idOf,
    frameAt,
    openStage,
    stage: (address) => stages.get(addressKey(address)),
    endStage(address, { atMs, status, failure }) {
      const key = addressKey(address);
      const open = stages.get(key);
      if (open === undefined) return;
      ended.push(...open.calls.end(atMs, failure));
      open.span.attributes["flowmason.stage.status"] = status;
      close(open.span, atMs, failure === null ? null : noteFailure(open.span, failure, atMs));
      stages.delete(key);
    },
    endFrame(steps, atMs, end, failure) {
      const span = frameAt(steps, atMs);
      frames.delete(frameKey(steps));
      span.attributes["flowmason.frame.ended"] = end;
      close(span, atMs, failure === null ? null : noteFailure(span, failure, atMs));
    },
    note(address, name, atMs, attributes) {
      const around = address.frames.map((_, index) =>
        frames.get(frameKey(address.frames.slice(0, index + 1))),
      );
      const nearest = stages.get(addressKey(address))?.span ?? around.findLast((span) => span !== undefined);
      const about = { ...aboutStage(address), ...attributes };
      (nearest ?? root).events.push({ name, atMs, attributes: about });
    },
    end(atMs, error, failure) {
      for (const { span, calls } of [...stages.values()].toReversed()) {
        ended.push(...calls.end(atMs, failure));
        close(span, atMs, error);
      }
      for (const span of [...frames.values()].toReversed()) close(span, atMs, error);
      stages.clear();
      frames.clear();
      close(root, atMs, failure === null ? error : noteFailure(root, failure, atMs));
    },
    takeEnded() {
      const spans = ended;
      ended = [];
      return spans;
    },
  };
}

function rootOf(
  { runId, pipelineName, seq, atMs, attributes }: Session,
  parent: RemoteParent | null,
  { traceId }: TraceIdentity,
): OpenSpan {
  const first = spanIdOf(runId, 0, "run");
  return openSpan({
    spanId: spanIdOf(runId, seq, "run"),
    parentSpanId: parent?.spanId ?? null,
    name: `invoke_workflow ${pipelineName}`,
    kind: "internal",
    startMs: atMs,
    attributes: {
      "gen_ai.operation.name": "invoke_workflow",
      "gen_ai.agent.name": pipelineName,
      "flowmason.run.id": runId,
      ...attributes,
    },
    // What went on is told beside what began; where another trace is part of, that one may have been elsewhere.
    links: seq === 0 || parent !== null ? [] : [{ traceId, spanId: first }],
  });
}

function frameKey(frames: Frames): string {
  return addressKey({ frames, stage: "" });
}

function aboutStage(address: StageAddress): Attributes {
  return {
    "flowmason.stage.id": address.stage,
    "flowmason.stage.address": addressKey(address),
    "flowmason.stage.frames": JSON.stringify(address.frames),
  };
}

function aboutFrame(
  step: FrameStep,
  key: string,
  steps: Frames,
): { readonly name: string; readonly attributes: Record<string, AttributeValue> } {
  const about = {
    "flowmason.frame": key,
    "flowmason.frame.kind": step.kind,
    "flowmason.frame.steps": JSON.stringify(steps),
  };
  switch (step.kind) {
    case "iteration":
      return { name: `${step.owner} round`, attributes: { ...about, "flowmason.frame.index": step.index } };
    case "arm":
      return {
        name: `${step.owner} ${step.arm}`,
        attributes: { ...about, "flowmason.frame.attempt": step.attempt },
      };
    case "subpipeline":
      return {
        name: `call ${step.pipeline}`,
        attributes: { ...about, "flowmason.frame.attempt": step.attempt },
      };
  }
}
