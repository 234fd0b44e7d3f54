type Pairs = readonly (readonly [number, number])[];

/** The weakly connected parts, by their least member; pairs are numbered within their part. */
export function connectedParts(
  size: number,
  pairs: Pairs,
): readonly { readonly members: Int32Array; readonly pairs: Pairs }[] {
  const root = Int32Array.from({ length: size }, (_, v) => v);
  const find = (v: number): number => {
    let top = v;
    while (root[top] !== top) top = root[top] ?? top;
    while (root[v] !== top) {
      const next = root[v] ?? top;
      root[v] = top;
      v = next;
    }
    return top;
  };
  for (const [a, b] of pairs) {
    const x = find(a);
    const y = find(b);
    root[Math.max(x, y)] = Math.min(x, y);
  }
  const members: number[][] = [];
  const inside: [number, number][][] = [];
  const partOf = new Int32Array(size).fill(-1);
  const indexOf = new Int32Array(size);
  for (let v = 0; v < size; v++) {
    const top = find(v);
    if (top === v) {
      partOf[v] = members.push([]) - 1;
      inside.push([]);
    }
    const part = partOf[top] ?? 0;
    indexOf[v] = (members[part]?.push(v) ?? 1) - 1;
  }
  for (const [a, b] of pairs) inside[partOf[find(a)] ?? 0]?.push([indexOf[a] ?? 0, indexOf[b] ?? 0]);
  return members.map((list, part) => ({ members: Int32Array.from(list), pairs: inside[part] ?? [] }));
}
