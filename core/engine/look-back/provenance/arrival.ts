import type { JournalEvent, ValueRef } from "#core/journal";
import { addressKey, type FrameStep, type Json, type StageAddress } from "#core/ports";
import { frameAt } from "../recorded-frames.ts";
import { backFrom, type ProvenanceSource } from "./stage-events.ts";
import { followSteps, type ValuePlace, type ValueStep } from "./value-place.ts";

/** How the record has it that a value came to a place. */
export interface Arrival {
  /** The event by which it did; null where that is still to come, as it is of the inputs of the next attempt. */
  readonly event: JournalEvent | null;
  /** The event as of which all that it came from is to be looked at. */
  readonly asOf: number;
  /** What is there; undefined where nothing is, or where that is still to come. */
  readonly value: Json | undefined;
  /** The path as far as it leads: positions are counted from the front. */
  readonly steps: readonly ValueStep[];
}

/** Finds how a value came to its place, up to the event `seq`; null where the record has nothing of that. */
export function arrivalAt(source: ProvenanceSource, place: ValuePlace, seq: number): Arrival | null {
  switch (place.kind) {
    case "inputs":
      return inputsAt(source, place, seq);
    case "output":
      return outputAt(source, place, seq);
    case "variable":
      return variableAt(source, place, seq);
    case "input":
    case "result":
    case "item":
      return frameValueAt(source, place, seq);
    case "name":
      return null;
  }
}

function inputsAt(
  source: ProvenanceSource,
  { address, attempt, path }: Extract<ValuePlace, { kind: "inputs" }>,
  seq: number,
): Arrival | null {
  let started: Arrival | null = null;
  let of = attempt;
  for (const event of backFrom(source, address, seq)) {
    if (event.kind === "run-resumed" && isAmong(event.again, address)) break;
    if (event.kind === "stage-started") {
      if (started !== null) break;
      if (of !== undefined && event.attempt !== of) continue;
      started = arrived(source, event, event.inputs, path, event.seq - 1);
      of = event.attempt;
    }
    // It was set before the attempt began.
    if (event.kind !== "value-overridden" || event.target.kind !== "inputs" || event.attempt !== of) continue;
    if (touches(event.path, path)) return arrived(source, event, event.value, path);
  }
  if (started !== null) return started;
  return attempt === undefined ? null : { event: null, asOf: seq, value: undefined, steps: path };
}

function outputAt(
  source: ProvenanceSource,
  { address, path }: Extract<ValuePlace, { kind: "output" }>,
  seq: number,
): Arrival | null {
  for (const event of backFrom(source, address, seq)) {
    // Those outputs count no longer.
    if (event.kind === "stage-retried") return null;
    if (event.kind === "run-resumed" && isAmong(event.again, address)) return null;
    if (event.kind === "value-overridden" && event.target.kind === "output" && touches(event.path, path))
      return arrived(source, event, event.value, path);
    if (event.kind === "stage-succeeded") return arrived(source, event, event.output, path);
  }
  return null;
}

function variableAt(
  source: ProvenanceSource,
  { address, name, path }: Extract<ValuePlace, { kind: "variable" }>,
  seq: number,
): Arrival | null {
  const home = homeOfVariable(source, address, name, seq);
  if (home === null) return null;
  const { events } = source.timeline;
  for (let at = events.length - 1; at >= 0; at--) {
    const event = events[at];
    if (
      event === undefined ||
      event.seq > seq ||
      !("address" in event) ||
      keyOf(event.address.frames) !== home
    )
      continue;
    if (event.kind === "variable-set" && event.name === name)
      return arrived(source, event, event.value, path);
    if (event.kind !== "value-overridden" || event.target.kind !== "variable") continue;
    if (event.target.name === name && touches(event.path, path))
      return arrived(source, event, event.value, path);
  }
  return null;
}

/** The frame whose variable a stage sees by a name: the innermost that has one. */
function homeOfVariable(
  source: ProvenanceSource,
  { frames }: StageAddress,
  name: string,
  seq: number,
): string | null {
  let steps = frames;
  for (let view = frameAt(source, seq, frames); view !== undefined; steps = steps.slice(0, -1)) {
    if (view.variables?.has(name) === true) return keyOf(steps);
    view = view.parent ?? view.shares ?? undefined;
  }
  return null;
}

function frameValueAt(
  source: ProvenanceSource,
  { kind, frames, path }: Extract<ValuePlace, { kind: "input" | "result" | "item" }>,
  seq: number,
): Arrival | null {
  const step = frames.at(-1);
  if (step === undefined) {
    const wanted = kind === "input" ? "run-started" : "run-finished";
    const event = source.timeline.events.findLast((each) => each.kind === wanted && each.seq <= seq);
    if (event?.kind === "run-started") return arrived(source, event, event.input, path);
    if (event?.kind !== "run-finished" || event.output === null) return null;
    return arrived(source, event, event.output, path);
  }
  const opened = source.openings.opening(frames, seq);
  if (kind === "input" && opened?.kind === "call-started")
    return arrived(source, opened, opened.input, path, opened.seq - 1);
  if (kind === "item" && opened?.kind === "iteration-started")
    return arrived(source, opened, opened.item, path);
  if (kind !== "result" || step.kind !== "subpipeline") return null;
  const owner = { frames: frames.slice(0, -1), stage: step.owner };
  const closed = source.openings
    .ofOwner(owner, seq)
    .findLast((each) => each.kind === "call-finished" && each.attempt === step.attempt);
  if (closed?.kind !== "call-finished" || closed.result === null) return null;
  return arrived(source, closed, closed.result, path);
}

function arrived(
  source: ProvenanceSource,
  event: JournalEvent,
  ref: ValueRef,
  path: readonly ValueStep[],
  asOf = event.seq,
): Arrival {
  const { steps, value } = followSteps(source.value(ref), path);
  return { event, asOf, steps, value: steps.length === path.length ? value : undefined };
}

/** Whether what was set at one path is part of what is at the other, or the other way round. */
function touches(set: readonly ValueStep[], asked: readonly ValueStep[]): boolean {
  return set.every((step, at) => at >= asked.length || step === asked[at]);
}

function isAmong(addresses: readonly StageAddress[], address: StageAddress): boolean {
  const key = addressKey(address);
  return addresses.some((each) => addressKey(each) === key);
}

function keyOf(frames: readonly FrameStep[]): string {
  return addressKey({ frames, stage: "" });
}
