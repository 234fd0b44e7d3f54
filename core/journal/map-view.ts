/** What a map is made of that is worked out when it is asked for. */
export interface MapSource<K, V> {
  readonly size: number;
  /** The keys in their order, from 0 to `size` - 1. */
  key(place: number): K | undefined;
  /** Undefined for what is no key. */
  get(key: K): V | undefined;
}

/** A map that is worked out when it is asked for, so that making one costs nothing however large it is. */
export function mapView<K, V>(source: MapSource<K, V>): ReadonlyMap<K, V> {
  function* entries(): MapIterator<[K, V]> {
    for (let place = 0; place < source.size; place++) {
      const key = source.key(place);
      const value = key === undefined ? undefined : source.get(key);
      if (key !== undefined && value !== undefined) yield [key, value];
    }
  }
  function* keys(): MapIterator<K> {
    for (const [key] of entries()) yield key;
  }
  function* values(): MapIterator<V> {
    for (const [, value] of entries()) yield value;
  }
  const view: ReadonlyMap<K, V> = {
    size: source.size,
    get: source.get,
    has: (key) => source.get(key) !== undefined,
    forEach: (take) => {
      for (const [key, value] of entries()) take(value, key, view);
    },
    entries,
    keys,
    values,
    [Symbol.iterator]: entries,
  };
  return view;
}
