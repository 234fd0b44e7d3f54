import type { FrameStep, Json, StageAddress } from "#core/ports";
import type { FinalDecision } from "./decision.ts";
import type { JournalEvent } from "./event.ts";
import type { Shorthand } from "./shorthand.ts";
import type { ValueRef } from "./value-ref.ts";

/** The event of a row `[seq, ms, kind, address, …]`, or what is wrong with it. */
export function readEventRow(row: readonly Json[], shorthand: Shorthand): JournalEvent | string {
  const [seq, ms, kind, place, ...rest] = row;
  if (typeof seq !== "number" || typeof ms !== "number" || typeof kind !== "string")
    return "A row that does not begin with number, time and kind; it is left out.";
  const address = readAddress(place);
  if (address === undefined) return "A stage's event without an address; it is left out.";
  const at = (shorthand.startedAt ?? 0) + ms;
  switch (kind) {
    case "started": {
      const [number, inputs, attempt = 1, key] = rest;
      const componentType = typeof number === "number" ? shorthand.componentOf(number) : undefined;
      if (componentType === undefined)
        return `Event ${seq} is of a component that no line before it names; it is left out.`;
      if (!isName(inputs) || !isCount(attempt)) break;
      const attemptKey = typeof key === "string" ? key : shorthand.attemptKey(address, attempt);
      const body = { address, attempt, attemptKey, componentType, inputs: refOf(inputs, shorthand) };
      return { seq, at, kind: "stage-started", ...body };
    }
    case "succeeded": {
      const [output, attempt = 1, decision] = rest;
      if (!isName(output) || !isCount(attempt)) break;
      const body = { address, attempt, output: refOf(output, shorthand) };
      // Its shape is the writer's promise, as that of any other event.
      const decided = decision === undefined ? {} : { decision: decision as unknown as FinalDecision };
      return { seq, at, kind: "stage-succeeded", ...body, ...decided };
    }
    case "output":
    case "reasoning": {
      const [attempt, text] = rest;
      if (!isCount(attempt) || typeof text !== "string") break;
      return { seq, at, kind: "stage-delta", address, attempt, channel: kind, text };
    }
  }
  return `Event ${seq} is no row that this version knows: ${JSON.stringify(kind)}; it is left out.`;
}

/** The place of a row: a stage's id, or the frames on the way to it and its id. */
export function encodeAddress({ frames, stage }: StageAddress): string {
  const id = quoted(stage);
  return frames.length === 0 ? id : `[${frames.map(encodeFrame).join(",")},${id}]`;
}

function encodeFrame(frame: FrameStep): string {
  switch (frame.kind) {
    case "iteration":
      return `[${quoted(frame.owner)},${frame.index}]`;
    case "arm":
      return `[${quoted(frame.owner)},"${frame.arm}",${frame.attempt}]`;
    case "subpipeline":
      return `[${quoted(frame.owner)},${frame.attempt},${quoted(frame.pipeline)}]`;
  }
}

/** A text as JSON. Few ids have in them what JSON escapes, and looking is cheaper than asking it. */
export function quoted(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const isPlain = unit >= SPACE && unit < FIRST_SURROGATE && unit !== QUOTE && unit !== BACKSLASH;
    if (!isPlain) return JSON.stringify(text);
  }
  return `"${text}"`;
}

const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_SURROGATE = 0xd800;
const NO_FRAMES: readonly FrameStep[] = [];

function readAddress(place: Json | undefined): StageAddress | undefined {
  if (typeof place === "string") return { frames: NO_FRAMES, stage: place };
  if (!isList(place)) return undefined;
  const stage = place.at(-1);
  const frames = place.slice(0, -1).map(readFrame);
  return typeof stage === "string" && frames.every((frame) => frame !== undefined)
    ? { frames, stage }
    : undefined;
}

function readFrame(frame: Json): FrameStep | undefined {
  if (!isList(frame)) return undefined;
  const [owner, second, third] = frame;
  if (typeof owner !== "string") return undefined;
  if (typeof second === "number")
    return typeof third === "string"
      ? { kind: "subpipeline", owner, pipeline: third, attempt: second }
      : { kind: "iteration", owner, index: second };
  const isArm = second === "try" || second === "catch" || second === "finally";
  return isArm && typeof third === "number" ? { kind: "arm", owner, arm: second, attempt: third } : undefined;
}

/** A value that is not there has no other name than the row gives it; whoever asks for it is told. */
function refOf(name: string, shorthand: Shorthand): ValueRef {
  return shorthand.refOf(name) ?? { ref: name };
}

function isName(value: Json | undefined): value is string {
  return typeof value === "string";
}

function isCount(value: Json | undefined): value is number {
  return typeof value === "number";
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
