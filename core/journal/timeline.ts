import { addressKey } from "#core/ports";
import type { JournalEvent } from "./event.ts";
import { applyEvent, emptyRunState, type RunState } from "./run-state.ts";
import type { StageState } from "./stage-state.ts";
import { touchedBy } from "./touched-by.ts";
import { viewTracks } from "./track-view.ts";
import { countUpTo, emptyTracks, extendTrack, trackAt } from "./tracks.ts";
import type { ValueRef } from "./value-ref.ts";

/** A run at every point of its journal. */
export interface Timeline {
  readonly events: readonly JournalEvent[];
  /** Takes the next event in; earlier states stay as they are. */
  append(event: JournalEvent): void;
  /**
   * The state after the event `seq` and all before it, as `foldRun` gives it; before the first one for -1. Takes a time
   * that does not grow with the run: its maps are views, and a stage is worked out from a few events when it is asked for.
   */
  stateAt(seq: number): RunState;
  /** The numbers of the events that are about a stage, by its {@link addressKey}. */
  seqsOf(stage: string): readonly number[];
}

/**
 * An index over events, whose `seq` go up: for each stage and frame the places of the events about it, and what it was
 * after every sixteenth. It needs some 600 bytes a stage, and some twenty for each event.
 */
export function createTimeline(events: Iterable<JournalEvent>): Timeline {
  const all: JournalEvent[] = [];
  const seqs: number[] = [];
  const stages = emptyTracks<StageState>();
  const frames = emptyTracks<Variables>();
  const runs: { readonly places: number[]; readonly fields: RunFields[] } = { places: [], fields: [] };
  const latest = emptyRunState();

  const append = (event: JournalEvent): void => {
    const place = all.length;
    all.push(event);
    seqs.push(event.seq);
    applyEvent(latest, event);
    const touched = touchedBy(event);
    if (touched.run) {
      runs.places.push(place);
      runs.fields.push(fieldsOf(latest));
    }
    // What is to run again may never have been heard of.
    for (const key of new Set(touched.stages.map(addressKey)))
      if (latest.stages.has(key)) extendTrack(stages, key, place, () => copyOfStage(latest, key));
    for (const key of new Set(touched.frames.map((each) => addressKey({ frames: each, stage: "" }))))
      extendTrack(frames, key, place, () => new Map(latest.variables.get(key)));
  };

  /** Applies events to a state that has nothing but what is looked at. */
  const replay = (state: RunState, places: readonly number[]): RunState => {
    for (const place of places) {
      const event = all[place];
      if (event !== undefined) applyEvent(state, event);
    }
    return state;
  };

  const stageAt = (key: string, place: number): StageState | undefined => {
    const rest = trackAt(stages, key, place);
    if (rest === undefined) return undefined;
    const { snapshot } = rest;
    const start = snapshot === null ? [] : [[key, { ...snapshot, usage: [...snapshot.usage] }] as const];
    return replay({ ...emptyRunState(), stages: new Map(start) }, rest.places).stages.get(key);
  };

  const variablesAt = (key: string, place: number): Variables | undefined => {
    const rest = trackAt(frames, key, place);
    if (rest === undefined) return undefined;
    const start = rest.snapshot === null ? [] : [[key, new Map(rest.snapshot)] as const];
    return replay({ ...emptyRunState(), variables: new Map(start) }, rest.places).variables.get(key);
  };

  /** The state that was made last: a client that looks at a moment asks for it over and over. Later events leave it as it is. */
  let made: { readonly place: number; readonly state: RunState } | null = null;
  const stateAfter = (place: number): RunState => {
    const last = all[place];
    if (last === undefined) return emptyRunState();
    if (made?.place === place) return made.state;
    const fields = runs.fields[countUpTo(runs.places, place) - 1];
    const state = {
      ...(fields ?? fieldsOf(emptyRunState())),
      seq: last.seq,
      stages: viewTracks(stages, place, stageAt),
      variables: viewTracks(frames, place, variablesAt),
    };
    made = { place, state };
    return state;
  };

  for (const event of events) append(event);
  return {
    events: all,
    append,
    stateAt: (seq) => stateAfter(countUpTo(seqs, seq) - 1),
    seqsOf: (stage) => (stages.byKey.get(stage)?.places ?? []).map((place) => seqs[place] ?? 0),
  };
}

type Variables = ReadonlyMap<string, ValueRef>;
type RunFields = Omit<RunState, "seq" | "stages" | "variables">;

function fieldsOf({
  runId,
  status,
  pipeline,
  fork,
  input,
  output,
  failure,
  startedAt,
  finishedAt,
}: RunState): RunFields {
  return { runId, status, pipeline, fork, input, output, failure, startedAt, finishedAt };
}

function copyOfStage(run: RunState, key: string): StageState {
  const stage = run.stages.get(key);
  if (stage === undefined) throw new Error(`The stage ${key} is in no state.`);
  return { ...stage, usage: [...stage.usage] };
}
