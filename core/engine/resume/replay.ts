import { type JournalEvent, stepOf } from "#core/journal";
import { isJsonObject } from "#core/pipeline";
import type { Directive, Json } from "#core/ports";
import { noteCallEnd, type PreparedCall, prepareCall } from "../run/calls.ts";
import { noteEnd } from "../run/frames.ts";
import { keepResults } from "../run/keep-results.ts";
import { enterStage, type Live } from "../run/live.ts";
import { type Opening, openingOfArm, openingOfCall, openingOfRound } from "../run/openings.ts";
import { watchOwner } from "../run/owner-limit.ts";
import { type OwnerAt, ownerOf } from "../run/owner-of.ts";
import type { RunFrame } from "../run/run-frame.ts";
import type { Session } from "../run/session.ts";
import { admit } from "../schedule/admit.ts";
import { advance, locate } from "../schedule/advance.ts";
import type { Command } from "../schedule/command.ts";
import { type Frame, frameKey } from "../schedule/state.ts";
import { bearingOf, type FrameClosing, type StageEnd } from "./bearing.ts";
import { isOfDelivery } from "./delivery-record.ts";
import { createOutstanding } from "./outstanding.ts";
import { RecordFault } from "./record-fault.ts";
import type { StartFrom } from "./start-from.ts";
import { workedMs } from "./worked-ms.ts";

/**
 * Brings a new session to where a record has come: the schedule by the fold that it is, the values from the record's.
 * Nothing is run, asked or recorded. Returns what is to be done next, in order. Throws {@link RecordFault} for events
 * that no run could have had in that order.
 */
export function replay(session: Session, from: StartFrom): readonly Command[] {
  const { events, value } = from;
  const outstanding = createOutstanding();
  const calledAt = new Map<string, number>();
  const takeIn = (event: JournalEvent): void => {
    // It is made by the run's end, and the schedule knows nothing of it.
    if (isOfDelivery(event)) return;
    const at = placeOf(session, event);
    const answered = outstanding.answer(event, at);
    const opening = at === null ? null : openingOf(session, event, at, { answered, from });
    if (at !== null) {
      admit(session.schedule, event, at.frame, at.index);
      take(session, event, at, value, calledAt);
    }
    if (event.kind === "call-started" && opening !== null) calledAt.set(opening.key, event.at);
    advance(session.schedule, event, outstanding.add);
    const opened = opening === null ? undefined : session.schedule.frames.get(opening.key);
    if (opening !== null && opened !== undefined) session.frames.set(opening.key, opening.frame(opened));
  };
  for (const event of events) {
    try {
      takeIn(event);
    } catch (error) {
      // A whole record replays, which a law shows for each of its beginnings: what does not was not written so.
      throw error instanceof RecordFault ? error : new RecordFault(`event ${event.seq}`, error);
    }
  }
  return [...outstanding.commands];
}

interface At {
  readonly frame: Frame;
  readonly index: number;
  readonly own: RunFrame;
}

type Read = StartFrom["value"];

function placeOf(session: Session, event: JournalEvent): At | null {
  if (!("address" in event)) return null;
  const { frame, index } = locate(session.schedule, event.address);
  const own = session.frames.get(frame.key);
  if (own === undefined) throw new Error(`The frame "${frame.key}" of the record is not open.`);
  return { frame, index, own };
}

function openingOf(
  session: Session,
  event: JournalEvent,
  { frame, index }: At,
  { answered, from }: { readonly answered: Command | undefined; readonly from: StartFrom },
): Opening | null {
  if (event.kind === "iteration-started") {
    const next = frame.owners.get(index)?.next ?? 0;
    const place = answered?.kind === "start-iteration" ? answered.place : next;
    return openingOfRound(ownerOf(session, frame, index), place);
  }
  if (event.kind === "arm-started") return openingOfArm(ownerOf(session, frame, index), index, event);
  if (event.kind !== "call-started") return null;
  return openingOfCall(beginCall(session, ownerOf(session, frame, index), event, from), event.attempt);
}

/** A budget of time counts what the call had taken; a `timeout`, which is against what hangs, begins anew. */
function beginCall(session: Session, owner: OwnerAt, { seq }: JournalEvent, { own }: StartFrom): OwnerAt {
  const { results, live } = owner;
  results.startedAt = session.options.clock.monotonic();
  const limit = results.call?.limit ?? null;
  if (limit !== null) watchOwner(session, live, limit, limit.cap === "wall_time" ? workedMs(own, seq) : 0);
  return owner;
}

/** Takes what an event says into the values of its frame. */
function take(
  session: Session,
  event: JournalEvent,
  at: At,
  value: Read,
  calledAt: ReadonlyMap<string, number>,
): void {
  if (event.kind === "variable-set") {
    const { own } = at;
    own.variables ??= new Map();
    own.variables.set(event.name, value(event.value));
    return;
  }
  if (event.kind === "value-overridden") return override(event, at, value);
  const bearing = bearingOf(event);
  switch (bearing.kind) {
    case "decides":
      return decide(session, bearing.event, at, value);
    case "ends":
      return end(session, bearing.event, at, value);
    case "closes":
      return close(session, bearing.event, at, calledAt);
    // Its frame is opened with the schedule's, once that has it.
    case "opens":
    case "none":
      return;
  }
}

/** Inputs that were set by hand are those that the attempt began with, and say nothing of another one. */
function override(
  event: Extract<JournalEvent, { kind: "value-overridden" }>,
  { own, index }: At,
  value: Read,
): void {
  switch (event.target.kind) {
    case "inputs":
      return;
    case "output":
      own.outputs[index] = value(event.value);
      return;
    case "variable":
      own.variables ??= new Map();
      own.variables.set(event.target.name, value(event.value));
      return;
  }
}

function end(session: Session, event: StageEnd, at: At, value: Read): void {
  const { own, index } = at;
  switch (event.kind) {
    case "stage-succeeded":
      own.outputs[index] = value(event.output);
      if (event.decision?.kind === "return")
        own.pipeline.returned ??= { ...event.decision, value: value(event.decision.value) };
      break;
    case "stage-failed":
      own.reasons[index] = event.failure.message;
      break;
    case "stage-skipped":
      own.reasons[index] = event.reason;
      break;
    case "stage-cancelled":
      break;
  }
  leave(session, at);
}

function close(
  session: Session,
  event: FrameClosing,
  { frame, index }: At,
  calledAt: ReadonlyMap<string, number>,
): void {
  const key = frameKey([...frame.steps, stepOf(event)]);
  const closed = session.frames.get(key);
  if (closed === undefined) throw new Error(`The frame "${key}" of the record is not open.`);
  if (closed.schedule.remaining > 0) throw new Error(`The frame "${key}" ended before its stages had.`);
  session.frames.delete(key);
  const { results, live } = ownerOf(session, frame, index);
  const { ending } = closed.schedule;
  if (event.kind !== "call-finished") {
    noteEnd(results, closed, ending);
    return;
  }
  session.deadlines.unwatch(live);
  noteCallEnd(results, closed, ending, event.at - (calledAt.get(key) ?? event.at));
}

function decide(
  session: Session,
  event: Extract<JournalEvent, { kind: "stage-decided" }>,
  { own, index }: At,
  value: Read,
): void {
  const stage = own.schedule.region.stages[index];
  if (stage === undefined) throw new Error(`There is no stage ${index} in "${own.schedule.key}".`);
  const live = enterStage(own, stage, event.attempt, null);
  live.ended = true;
  const { decision } = event;
  const items = decision.kind === "iterate" || decision.kind === "matrix" ? value(decision.items) : [];
  keepResults(session, live, {
    decision,
    base: value(event.output),
    items: Array.isArray(items) ? items : [],
    call:
      decision.kind === "call" ? callOf(session, live, { ...decision, input: value(decision.input) }) : null,
  });
  if (stage.timeoutMs !== null && decision.kind !== "call")
    watchOwner(session, live, { cap: "timeout", ms: stage.timeoutMs });
}

function callOf(
  session: Session,
  live: Live,
  { input, ...directive }: Omit<Extract<Directive, { kind: "call" }>, "input"> & { readonly input: Json },
): PreparedCall {
  if (!isJsonObject(input)) throw new Error(`The record has no input for the call of "${live.stage.id}".`);
  const prepared = prepareCall(session, live, { ...directive, input });
  if (prepared.ok) return prepared.call;
  throw new Error(`"${live.stage.id}" had called what cannot be called now: ${prepared.failure.message}`);
}

function leave(session: Session, { own, index }: At): void {
  const open = own.schedule.owners.get(index)?.open.size ?? 0;
  if (open > 0) throw new Error(`"${own.schedule.region.stages[index]?.id}" ended before what it owns had.`);
  const live = own.live[index];
  if (live !== undefined) session.deadlines.unwatch(live);
  session.owners.get(own)?.delete(index);
  own.live[index] = undefined;
}
