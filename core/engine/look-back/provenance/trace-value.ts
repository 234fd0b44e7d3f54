import { type ParsedExpression, type ParsedTemplate, references, wholeExpression } from "#core/expressions";
import { sameJson } from "#core/pipeline";
import type { Json, StageAddress } from "#core/ports";
import { type Arrival, arrivalAt } from "./arrival.ts";
import type { Cause } from "./cause.ts";
import { sourceOf } from "./follow.ts";
import { isPath } from "./follow-written.ts";
import { placeOfReference } from "./place-of-reference.ts";
import type { ProvenanceSource } from "./stage-events.ts";
import type { ValuePlace, ValueStep } from "./value-place.ts";

/** The way of a value back to what produced it. */
export interface ValueTrace {
  /** From the value itself back: each but the last is what is at the next one, passed on unchanged. */
  readonly steps: readonly TraceStep[];
  /** What the last one was made of. */
  readonly of: readonly PlaceThen[];
}

/** A place of the way, and how the value came there. */
export interface TraceStep extends PlaceThen {
  /** The stage at which that was; null for the run itself. */
  readonly address: StageAddress | null;
  /** From 1; null where there was no attempt. */
  readonly attempt: number | null;
  /** The event by which it came there; null for the inputs of an attempt that is still to begin. */
  readonly event: number | null;
  readonly cause: Cause;
  /** Undefined where the record does not have it. */
  readonly value: Json | undefined;
}

/** A place as it was after the event `seq`. */
export interface PlaceThen {
  readonly place: ValuePlace;
  readonly seq: number;
}

/** More steps than this no value of a run has taken by itself; a record that says so is broken. */
const MOST_STEPS = 1000;

/** Follows a value back from where it was after the event `seq`. Nothing is run or evaluated for it. */
export function traceValue(source: ProvenanceSource, from: PlaceThen): ValueTrace {
  const steps: TraceStep[] = [];
  let { place, seq } = from;
  while (steps.length < MOST_STEPS) {
    const arrival = arrivalAt(source, place, seq);
    if (arrival === null) {
      steps.push(
        stepAt({ place, seq }, null, place.kind === "name" ? { kind: "around" } : { kind: "unknown" }),
      );
      return { steps, of: [] };
    }
    const { value } = arrival;
    if (arrival.event !== null && value === undefined) {
      steps.push(stepAt({ place, seq }, arrival, { kind: "absent" }));
      return { steps, of: [] };
    }
    const found = sourceOf(source, place, arrival);
    if (found.kind === "made") {
      steps.push(stepAt({ place, seq }, arrival, found.cause));
      return { steps, of: different(found.of, arrival.asOf) };
    }
    if (!isAt(source, found.place, arrival.asOf, value)) {
      steps.push(stepAt({ place, seq }, arrival, found.otherwise));
      return { steps, of: different([found.place], arrival.asOf) };
    }
    steps.push(stepAt({ place, seq }, arrival, { kind: "passed", text: found.text }));
    ({ place } = found);
    seq = arrival.asOf;
  }
  return { steps, of: [] };
}

/** Where an expression is looked at, and the names that only it sees there: null for all others. */
export interface ExpressionThen {
  readonly address: StageAddress;
  readonly seq: number;
  own(root: string, path: readonly ValueStep[]): ValuePlace | null;
}

/** The same for what an expression gives at a stage. */
export function traceExpression(
  source: ProvenanceSource,
  parsed: ParsedExpression | ParsedTemplate,
  at: ExpressionThen,
): ValueTrace {
  const { address, seq } = at;
  const named = references(parsed);
  const places = named.flatMap(({ root, path }) => {
    const place = at.own(root, path) ?? placeOfReference(source, { at: address, seq, root, path });
    return place === null ? [] : [place];
  });
  const whole = parsed.kind === "template" ? wholeExpression(parsed)?.expression : parsed.expression;
  const [only] = named;
  const [place] = places;
  if (whole != null && only !== undefined && place !== undefined && isPath(whole, only))
    return traceValue(source, { place, seq });
  const text = parsed.text.trim();
  const step = stepAt({ place: { kind: "name", name: text, path: [] }, seq }, null, {
    kind: "computed",
    text,
  });
  return { steps: [step], of: different(places, seq) };
}

/** Whether the value is at a place; one that is not known yet is wherever the file says. */
function isAt(source: ProvenanceSource, place: ValuePlace, seq: number, value: Json | undefined): boolean {
  if (place.kind === "name") return true;
  const there = arrivalAt(source, place, seq)?.value;
  return there !== undefined && (value === undefined || sameJson(there, value));
}

function stepAt({ place, seq }: PlaceThen, arrival: Arrival | null, cause: Cause): TraceStep {
  const event = arrival?.event ?? null;
  const told = event !== null && "address" in event ? event.address : null;
  const own = place.kind === "inputs" || place.kind === "output" ? place.address : told;
  return {
    place:
      arrival === null ? place : { ...place, path: arrival.value === undefined ? place.path : arrival.steps },
    seq,
    address: own,
    attempt: event !== null && "attempt" in event ? event.attempt : null,
    event: event?.seq ?? null,
    cause,
    value: arrival?.value,
  };
}

function different(places: readonly ValuePlace[], seq: number): readonly PlaceThen[] {
  const byKey = new Map(places.map((place) => [JSON.stringify(place), { place, seq }]));
  return [...byKey.values()];
}
