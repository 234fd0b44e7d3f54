import type { JournalEvent } from "#core/journal";
import {
  jumpRequest,
  type Moment,
  TIMELINE_VERSION,
  type TimelinePart,
  type TimelineRun,
  type TimelineState,
  timelineOverviewRequest,
  timelineRequest,
} from "#protocol";
import { adapterErrors } from "../adapter-error.ts";
import type { RequestHandler } from "../connection.ts";
import type { Launched, LaunchedPast } from "../launched.ts";
import { momentWords } from "./moment-words.ts";

/** The requests of a timeline, beside what tells of its changes. */
export interface TimelineRequests {
  readonly requests: readonly (readonly [string, RequestHandler])[];
  /** Where the session stands on it now. */
  state(): TimelineState;
}

const nothing: Omit<TimelineState, "run"> = {
  total: 0,
  cursor: null,
  edge: "live",
  stopped: false,
  breakpoints: 0,
};

/**
 * Answers about the timeline of what is launched. `asked` hears when a client begins to look at it; `looksAway` is called
 * before a move. What is not launched yet, and a run without debugging, has no moments.
 */
export function createTimelineRequests(
  launched: () => Launched | null,
  {
    asked,
    looksAway,
    run,
  }: {
    readonly asked: () => void;
    readonly looksAway: () => void;
    /** Which run it is, where it is recorded. */
    readonly run: () => TimelineRun | null;
  },
): TimelineRequests {
  /** The moment that was jumped to, as long as its gate is shown: others have the same. */
  let chosen: number | null = null;

  const cursorOf = ({ cursor, history: { moments } }: LaunchedPast): number | null => {
    const place = cursor.place();
    if (place === "edge") return null;
    return chosen !== null && moments.gateOf(chosen) === place ? chosen : (moments.momentOf(place) ?? null);
  };

  const state = (): TimelineState => {
    const session = launched();
    if (session === null || session.past === null) return { ...nothing, run: run() };
    const { past } = session;
    return {
      run: run(),
      total: past.history.moments.count(),
      cursor: cursorOf(past),
      edge: past.edge,
      stopped: session.shown().isStopped(),
      breakpoints: past.hits.revision(),
    };
  };

  const timeline = (args: unknown): object => {
    asked();
    const { start, count } = read(timelineRequest.arguments, timelineRequest.name, args);
    const session = launched();
    const past = session?.past ?? null;
    const found: Moment[] = [];
    if (past !== null) {
      const stops = session?.shown().isStopped() === true;
      for (let moment = start; moment < start + count; moment++) {
        const event = past.history.moments.eventOf(moment);
        if (event === undefined) break;
        found.push(momentOf(past, moment, event, stops ? "stopped" : "running"));
      }
    }
    return { version: TIMELINE_VERSION, state: state(), moments: found };
  };

  const overview = (args: unknown): object => {
    const { parts } = read(timelineOverviewRequest.arguments, timelineOverviewRequest.name, args);
    const session = launched();
    const past = session?.past ?? null;
    return {
      version: TIMELINE_VERSION,
      parts: past === null ? [] : overviewOf(past, parts, session?.shown().isStopped() === true),
    };
  };

  const jump = (args: unknown): void => {
    const { moment } = read(jumpRequest.arguments, jumpRequest.name, args);
    const session = launched();
    const past = session?.past ?? null;
    if (past === null || session?.shown().isStopped() !== true) throw adapterErrors.runIsOn();
    const gate = past.history.moments.gateOf(moment);
    // What runs on meanwhile would tell of stops that nobody looks at.
    session.standStill();
    looksAway();
    chosen = moment;
    past.cursor.jump(past.history.gates[gate] === undefined ? "edge" : gate);
  };

  return {
    state,
    requests: [
      [timelineRequest.name, timeline],
      [timelineOverviewRequest.name, overview],
      [jumpRequest.name, jump],
    ],
  };
}

/** Whether breakpoints are looked for: of a run that goes on that would be done over and over. */
type RunsNow = "running" | "stopped";

function momentOf(past: LaunchedPast, moment: number, event: JournalEvent, runs: RunsNow): Moment {
  const { history } = past;
  const words = momentWords(event, history.value);
  return {
    ...words,
    kind: history.moments.isCached(event) ? "cached" : words.kind,
    seq: event.seq,
    ms: event.at - (history.events[0]?.at ?? event.at),
    breakpoint: runs === "stopped" && stopsAt(past, moment),
    recorded: history.moments.isRecorded(event),
  };
}

function stopsAt({ history: { moments }, hits }: LaunchedPast, moment: number): boolean {
  const gate = moments.gateOf(moment);
  // A failure before the attempt began comes to two gates.
  for (let at = gate; at >= 0 && moments.momentOf(at) === moment; at--)
    if (hits.hitAt(at) !== null) return true;
  return false;
}

/** From what stands out least to what stands out most. */
const rising: readonly TimelinePart[] = ["quiet", "recorded", "ran", "breakpoint", "failed"];

function overviewOf(past: LaunchedPast, parts: number, isStopped: boolean): readonly TimelinePart[] {
  const { moments } = past.history;
  const total = moments.count();
  const most: TimelinePart[] = Array.from({ length: Math.min(parts, total) }, () => "quiet");
  for (let moment = 0; moment < total; moment++) {
    const event = moments.eventOf(moment);
    if (event === undefined) continue;
    const at = Math.floor((moment * most.length) / total);
    const part = partOf(event, moments.isRecorded(event), isStopped && stopsAt(past, moment));
    if (rising.indexOf(part) > rising.indexOf(most[at] ?? "quiet")) most[at] = part;
  }
  return most;
}

function partOf(event: JournalEvent, isRecorded: boolean, isBreakpoint: boolean): TimelinePart {
  if (event.kind === "stage-failed") return "failed";
  if (isBreakpoint) return "breakpoint";
  if (event.kind !== "stage-started") return "quiet";
  return isRecorded ? "recorded" : "ran";
}

function read<Args>(
  shape: { safeParse(args: unknown): { success: true; data: Args } | { success: false; error: Error } },
  name: string,
  args: unknown,
): Args {
  const parsed = shape.safeParse(args);
  if (parsed.success) return parsed.data;
  throw adapterErrors.invalidArguments(name, parsed.error.message);
}
