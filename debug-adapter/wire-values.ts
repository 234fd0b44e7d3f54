import type { Scope, StageBinding } from "#core/expressions";
import type { FrameStep, Json } from "#core/ports";
import {
  LONGEST_WIRE_VALUE,
  MOST_WIRE_READS,
  MOST_WIRE_VALUES,
  WIRE_VALUES_VERSION,
  type WireRead,
  type WireValue,
  wireValuesRequest,
} from "#protocol";
import { adapterErrors } from "./adapter-error.ts";
import type { RequestHandler } from "./connection.ts";
import type { Inspection } from "./inspection.ts";
import type { Launched } from "./launched.ts";
import type { Frame } from "./stack.ts";
import { memberExpression, rowText } from "./variables.ts";
import { type ReadPath, readThrough } from "./wire-reads.ts";

/**
 * Says what flows on the wires of a graph: the outputs that the stages of a frame's file see. They are those of the
 * record, where the redactor has seen them whole: of a secret that was cut it would know no part.
 */
export function wireValueRequests(
  launched: () => Launched,
  { frameOf }: Pick<Inspection, "frameOf">,
): readonly (readonly [string, RequestHandler])[] {
  const wireValues = (given: unknown): object => {
    const asked = wireValuesRequest.arguments.safeParse(given);
    if (!asked.success) throw adapterErrors.invalidArguments(wireValuesRequest.name, asked.error.message);
    const { past, shown } = launched();
    const frame = frameOf(asked.data.frameId);
    const scope = past?.history.scopeAt(past.cursor.seq(), frame.scope);
    const file = shown().fileAt(frame.frames);
    return {
      version: WIRE_VALUES_VERSION,
      path: file.path,
      values: scope === undefined ? [] : withReads(frame, outputsIn(scope, frame), file.wireReads()),
    };
  };
  return [[wireValuesRequest.name, wireValues]];
}

/** The outputs by the ids of their stages. */
function outputsIn(scope: Scope, frame: Frame): ReadonlyMap<string, StageBinding> {
  const outputs = new Map<string, StageBinding>();
  // What has just ended is there for others from the next stage on.
  const own = frame.stage !== null && isOwn(frame, frame.stage) ? scope.resolve("output") : undefined;
  if (frame.stage !== null && own?.kind === "stage") outputs.set(frame.stage, own);
  const upstream = scope.resolve("upstream");
  if (upstream?.kind !== "namespace") return outputs;
  const around = ownersAround(frame.scope.frames);
  for (const id of upstream.names()) {
    if (outputs.size >= MOST_WIRE_VALUES) break;
    // What holds the frame has not ended: what it shows to those inside is no output.
    if (around.has(id) || outputs.has(id)) continue;
    const stage = upstream.resolve(id);
    if (stage?.kind === "stage") outputs.set(id, stage);
  }
  return outputs;
}

/** Whether it is the stage that has just ended there. */
function isOwn(frame: Frame, stage: string): boolean {
  return frame.kind === "stage" && frame.point.kind === "after" && frame.stage === stage;
}

function withReads(
  frame: Frame,
  outputs: ReadonlyMap<string, StageBinding>,
  wireReads: readonly ReadPath[],
): readonly WireValue[] {
  const reads = new Map<string, WireRead[]>();
  let count = 0;
  for (const { from, to, tail } of wireReads) {
    const stage = outputs.get(from);
    if (stage === undefined || count >= MOST_WIRE_READS) continue;
    const value = readThrough(stage, tail);
    if (value === undefined) continue;
    count += 1;
    const path = tail.replace(/^\./, "").slice(0, LONGEST_WIRE_VALUE);
    reads.set(from, [...(reads.get(from) ?? []), { to, path, ...inWords(value) }]);
  }
  return [...outputs].map(([stage, { output }]) => {
    const ofStage = reads.get(stage);
    const expression = isOwn(frame, stage) ? "output" : memberExpression("upstream", stage);
    return { stage, expression, ...inWords(output), ...(ofStage === undefined ? {} : { reads: ofStage }) };
  });
}

/** The stages of the frame's own pipeline that it runs in. */
function ownersAround(frames: readonly FrameStep[]): ReadonlySet<string> {
  const called = frames.findLastIndex(({ kind }) => kind === "subpipeline");
  return new Set(frames.slice(called + 1).map(({ owner }) => owner));
}

function inWords(value: Json): Pick<WireValue, "text" | "brief"> {
  const text = rowText(value);
  const brief = briefly(value);
  return {
    text: text.length > LONGEST_WIRE_VALUE ? `${text.slice(0, LONGEST_WIRE_VALUE - 1)}…` : text,
    ...(brief === null ? {} : { brief }),
  };
}

/** Null for a scalar, which is brief, or is cut. */
function briefly(value: Json): string | null {
  if (value === null || typeof value !== "object") return null;
  if (Array.isArray(value)) return `[${short(value.length)}]`;
  const { length } = Object.keys(value);
  return `{${short(length)} ${length === 1 ? "key" : "keys"}}`;
}

/** Of 100,000 the zeros say nothing that one has to know at a glance. */
function short(count: number): string {
  if (count < 10_000) return String(count);
  return count < 1_000_000 ? `${Math.round(count / 1000)}k` : `${Math.round(count / 1_000_000)}M`;
}
