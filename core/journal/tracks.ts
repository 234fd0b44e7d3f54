/** Events of one thing between two of its snapshots: what has to be applied again at most, and what a snapshot costs. */
const SPACING = 16;

/** What happened to one thing of a run: the events that change it, and what it was after each sixteenth of them. */
export interface Track<S> {
  readonly places: number[];
  readonly snapshots: S[];
}

/** Tracks by key, in the order in which their keys came up. */
export interface Tracks<S> {
  readonly byKey: Map<string, Track<S>>;
  readonly keys: string[];
  /** For each key, the place of the event that it came up with. */
  readonly firstPlaces: number[];
}

export function emptyTracks<S>(): Tracks<S> {
  return { byKey: new Map(), keys: [], firstPlaces: [] };
}

/** Notes that the event at `place` changed the thing of `key`. `now` gives what it is after that, to be kept as it is. */
export function extendTrack<S>(tracks: Tracks<S>, key: string, place: number, now: () => S): void {
  let track = tracks.byKey.get(key);
  if (track === undefined) {
    track = { places: [], snapshots: [] };
    tracks.byKey.set(key, track);
    tracks.keys.push(key);
    tracks.firstPlaces.push(place);
  }
  track.places.push(place);
  if (track.places.length % SPACING === 0) track.snapshots.push(now());
}

/** What is left to do to know how a thing was: apply the events at `places` to `snapshot`; null stands for nothing yet. */
export interface Rest<S> {
  readonly snapshot: S | null;
  readonly places: readonly number[];
}

/** How the thing of a key was after the event at `place`; undefined when it had not come up yet. */
export function trackAt<S>({ byKey }: Tracks<S>, key: string, place: number): Rest<S> | undefined {
  const track = byKey.get(key);
  if (track === undefined) return undefined;
  const count = countUpTo(track.places, place);
  if (count === 0) return undefined;
  const taken = Math.floor(count / SPACING);
  const snapshot = taken === 0 ? null : (track.snapshots[taken - 1] ?? null);
  return { snapshot, places: track.places.slice(taken * SPACING, count) };
}

/** How many of the numbers, which are in order, are at most `most`. */
export function countUpTo(numbers: readonly number[], most: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}
