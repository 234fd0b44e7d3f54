/** A directed graph over 0…size-1, neighbours packed and in ascending order. Edges are unique, none is a loop. */
export interface Digraph {
  readonly size: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The successors of `v` are `out[outStart[v]]` … `out[outStart[v + 1] - 1]`. */
  readonly outStart: Int32Array;
  readonly out: Int32Array;
  readonly inStart: Int32Array;
  readonly in: Int32Array;
}

/** Builds a graph from pairs; loops and repetitions are dropped. */
export function digraph(size: number, pairs: readonly (readonly [number, number])[]): Digraph {
  const keys = new Set<number>();
  for (const [from, to] of pairs) if (from !== to) keys.add(from * size + to);
  const sorted = Float64Array.from(keys).sort();
  const from = new Int32Array(sorted.length);
  const to = new Int32Array(sorted.length);
  for (let e = 0; e < sorted.length; e++) {
    const key = at(sorted, e);
    from[e] = Math.floor(key / size);
    to[e] = key % size;
  }
  const [outStart, out] = pack(size, from, to);
  const [inStart, into] = pack(size, to, from);
  return { size, from, to, outStart, out, inStart, in: into };
}

/** Reads an index that is known to be inside: typed arrays are typed as if it might not be. */
export function at(array: Int32Array | Float64Array, index: number): number {
  return array[index] ?? 0;
}

/** Groups `values` by `keys`, keeping the order inside a group. */
export function pack(
  size: number,
  keys: Int32Array,
  values: Int32Array,
): [starts: Int32Array, grouped: Int32Array] {
  const starts = new Int32Array(size + 1);
  for (const key of keys) starts[key + 1] = at(starts, key + 1) + 1;
  for (let v = 0; v < size; v++) starts[v + 1] = at(starts, v + 1) + at(starts, v);
  const next = starts.slice();
  const grouped = new Int32Array(values.length);
  for (let e = 0; e < values.length; e++) {
    const slot = at(next, at(keys, e));
    grouped[slot] = at(values, e);
    next[at(keys, e)] = slot + 1;
  }
  return [starts, grouped];
}
