import type { StageAddress } from "#core/ports";
import type { Shown } from "../shown.ts";
import { passedBy, type StepKind } from "../step-range.ts";
import type { BreakpointHit } from "../stops.ts";
import type { History } from "./history.ts";
import {
  continueBack,
  continueForward,
  type Landing,
  type Place,
  stepBack,
  stepForward,
  stepToEnd,
} from "./moves.ts";
import type { PastHits } from "./past-hits.ts";
import type { RecordedStep } from "./recorded-steps.ts";
import { type PastSetting, shownAt } from "./shown-past.ts";

/** A cursor over the history of a run. It moves, and nothing else does: nothing is run or asked. */
export interface TimeTravel {
  /** Whether the cursor is before the edge, which is the end of the record, or where the run stands now. */
  isInPast(): boolean;
  place(): Place;
  /** The event as of which the run is shown. */
  seq(): number;
  /** What there is to look at where the cursor is. */
  shown(): Shown;
  /** Forward from the past; up to the edge. */
  step(how: StepKind): void;
  resume(): void;
  /** Back, from the edge too; at the beginning the cursor stays where it is. */
  stepBack(): void;
  reverse(): void;
  /** To a gate, by its number, or to the edge. */
  jump(to: Place): void;
  /** The same, as the first that the client sees of it. */
  open(at: Place): void;
}

/** What is travelled in. */
export interface Travelled {
  readonly history: History;
  readonly setting: PastSetting;
  readonly hits: PastHits;
  /** What is past the last gate of the history. */
  readonly edge: {
    /** The stage that the run stands at there; null for none. */
    address(): StageAddress | null;
    shown(): Shown;
  };
  /** The cursor has moved from one event to another, and stands; called after the move. */
  arrived(arrival: Arrival): void;
}

/** Where a cursor came to. */
export interface Arrival {
  readonly why: "step" | "breakpoint" | "beginning" | "jump" | "opening" | "edge";
  /** The breakpoint, where it is one. */
  readonly hit: BreakpointHit | null;
  /** The event as of which the run is shown now; and which it was before. */
  readonly seq: number;
  readonly before: number;
  /** The gate that it stands at, and its branch; null at the edge. */
  readonly gate: { readonly address: StageAddress; readonly lane: number } | null;
}

/** Begins at the edge. */
export function createTimeTravel(travelled: Travelled): TimeTravel {
  const { history, setting, edge, arrived } = travelled;
  let place: Place = "edge";
  /** Which step of the attempt that begins there; null for its beginning. */
  let within: number | null = null;
  let seen: Shown | null = null;

  const track = {
    gates: history.gates,
    hitAt: travelled.hits.hitAt,
  };
  const gateAt = (at: Place): (typeof history.gates)[number] | null =>
    at === "edge" ? null : (history.gates[at] ?? null);
  const seqAt = (at: Place): number => gateAt(at)?.seq ?? history.events.at(-1)?.seq ?? -1;

  const land = ({
    at,
    ...landing
  }: Landing | { readonly at: Place; readonly why: "jump" | "opening" }): void => {
    const before = seqNow();
    place = at;
    within = null;
    seen = null;
    const why = at === "edge" || !("why" in landing) ? "edge" : landing.why;
    const hit = "hit" in landing ? landing.hit : null;
    arrived({ why, hit, seq: seqAt(at), before, gate: gateAt(at) });
  };

  const stepsHere = (): readonly RecordedStep[] => {
    const gate = gateAt(place);
    return gate === null ? [] : history.stepsOf(gate);
  };
  const stepHere = (): RecordedStep | null => (within === null ? null : (stepsHere()[within] ?? null));
  const seqNow = (): number => stepHere()?.seq ?? seqAt(place);

  /** To a step of the attempt that begins here. */
  const enter = (step: number): void => {
    const before = seqNow();
    within = step;
    seen = null;
    arrived({ why: "step", hit: null, seq: seqNow(), before, gate: gateAt(place) });
  };

  const forward = (how: StepKind): void => {
    const gate = gateAt(place);
    if (gate === null || place === "edge") return;
    const next = within === null ? 0 : within + 1;
    const isInside = within !== null;
    if ((isInside ? how !== "out" : how === "into") && next < stepsHere().length) enter(next);
    else land(isInside ? stepToEnd(track, place) : stepForward(track, place, passedBy(gate, how)));
  };

  const back = (): void => {
    if (within === null || place === "edge") land(stepBack(track, place, addressHere()));
    else if (within > 0) enter(within - 1);
    else land({ at: place, why: "step" });
  };

  const addressHere = (): StageAddress | null =>
    place === "edge" ? edge.address() : (gateAt(place)?.address ?? null);

  return {
    isInPast: () => place !== "edge",
    place: () => place,
    seq: seqNow,
    shown: () => {
      if (place === "edge") return edge.shown();
      seen ??= shownAt(history, setting, place, stepHere());
      return seen;
    },
    step: forward,
    resume: () => land(continueForward(track, place)),
    stepBack: back,
    reverse: () => land(continueBack(track, place)),
    jump: (to) => land({ at: to, why: "jump" }),
    open: (at) => land({ at, why: "opening" }),
  };
}
