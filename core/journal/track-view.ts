import { countUpTo, type Tracks } from "./tracks.ts";

/**
 * What the things of a run were after an event, by their keys. Each is worked out when it is first asked for, so that
 * making this map costs nothing, however many there are.
 */
export function viewTracks<S, V>(
  tracks: Tracks<S>,
  place: number,
  at: (key: string, place: number) => V | undefined,
): ReadonlyMap<string, V> {
  return new TrackView(tracks, place, at);
}

/** A class, since one is made at each step of a debugger: closures for each of its methods would cost more than its use. */
class TrackView<S, V> implements ReadonlyMap<string, V> {
  readonly #tracks: Tracks<S>;
  readonly #place: number;
  readonly #at: (key: string, place: number) => V | undefined;
  #known: Map<string, V | undefined> | null = null;

  constructor(tracks: Tracks<S>, place: number, at: (key: string, place: number) => V | undefined) {
    this.#tracks = tracks;
    this.#place = place;
    this.#at = at;
  }

  get size(): number {
    return countUpTo(this.#tracks.firstPlaces, this.#place);
  }

  get(key: string): V | undefined {
    this.#known ??= new Map();
    if (this.#known.has(key)) return this.#known.get(key);
    const value = this.#at(key, this.#place);
    this.#known.set(key, value);
    return value;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  forEach(take: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.entries()) take(value, key, this);
  }

  *entries(): MapIterator<[string, V]> {
    const { size } = this;
    for (let index = 0; index < size; index++) {
      const key = this.#tracks.keys[index];
      const value = key === undefined ? undefined : this.get(key);
      if (key !== undefined && value !== undefined) yield [key, value];
    }
  }

  *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }
}
