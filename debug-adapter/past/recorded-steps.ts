import type { JournalEvent } from "#core/journal";
import { type AttemptStep, addressKey, type StageAddress } from "#core/ports";

/** A step within an attempt, as its record has it. */
export interface RecordedStep {
  /** The event after which the run was as it is shown here. */
  readonly seq: number;
  readonly step: AttemptStep;
}

/** The steps of a record, as events are taken in. */
export interface RecordedSteps {
  /** Takes the next event in; it is the one at that place of the events. */
  append(event: JournalEvent, place: number): void;
  of(address: StageAddress, attempt: number): readonly RecordedStep[];
}

type EventOf<Kind extends JournalEvent["kind"]> = Extract<JournalEvent, { kind: Kind }>;

/** A call of a model: the places of its events. */
interface Call {
  readonly called: number;
  answered: number | null;
}

/** Finds where attempts asked models; `events` grows with the run. */
export function createRecordedSteps(events: readonly JournalEvent[]): RecordedSteps {
  const calls = new Map<string, Call[]>();
  return {
    append: (event, place) => {
      if (event.kind !== "model-called" && event.kind !== "model-answered") return;
      const key = keyOf(event.address, event.attempt);
      const known = calls.get(key) ?? [];
      calls.set(key, known);
      const last = known.at(-1);
      if (event.kind === "model-called") known.push({ called: place, answered: null });
      else if (last !== undefined) last.answered = place;
    },
    of: (address, attempt) =>
      (calls.get(keyOf(address, attempt)) ?? []).flatMap((call) => stepsOf(events, call)),
  };
}

function stepsOf(events: readonly JournalEvent[], { called, answered }: Call): readonly RecordedStep[] {
  const asked = events[called];
  if (asked?.kind !== "model-called") return [];
  const { request } = asked;
  const rendered: RecordedStep = { seq: asked.seq - 1, step: { kind: "rendered", request } };
  const end = answered === null ? undefined : events[answered];
  // A call that failed has no answer to look at.
  if (answered === null || end?.kind !== "model-answered" || end.finishReason === undefined)
    return [rendered];
  const pieces = events.slice(called, answered).filter((event) => isPieceOf(asked, event));
  const text = pieces.length === 0 ? null : pieces.map((piece) => piece.text).join("");
  const { finishReason, usage } = end;
  return [rendered, { seq: end.seq, step: { kind: "answered", request, text, finishReason, usage } }];
}

function isPieceOf(asked: EventOf<"model-called">, event: JournalEvent): event is EventOf<"stage-delta"> {
  return (
    event.kind === "stage-delta" &&
    event.channel === "output" &&
    keyOf(event.address, event.attempt) === keyOf(asked.address, asked.attempt)
  );
}

function keyOf(address: StageAddress, attempt: number): string {
  return `${addressKey(address)}#${attempt}`;
}
