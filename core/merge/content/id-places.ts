/** Where ids stand in a list. */
export interface IdPlaces {
  /** -1 for an id that is not in the list. */
  readonly of: (id: string) => number;
}

/**
 * The places of ids; null where two are the same. A table of numbers, as a Map of thousands of texts that were just read
 * takes longer than to read them.
 */
export function idPlaces(items: readonly { readonly id: string }[]): IdPlaces | null {
  const bits = Math.max(4, 33 - Math.clz32(items.length));
  const mask = (1 << bits) - 1;
  const places = new Int32Array(mask + 1).fill(-1);
  const slotOf = (id: string): number => {
    let slot = hashOf(id) & mask;
    for (;;) {
      const place = places[slot] ?? -1;
      if (place < 0 || items[place]?.id === id) return slot;
      slot = (slot + 1) & mask;
    }
  };
  for (const [place, { id }] of items.entries()) {
    const slot = slotOf(id);
    if ((places[slot] ?? -1) >= 0) return null;
    places[slot] = place;
  }
  return { of: (id) => places[slotOf(id)] ?? -1 };
}

/** FNV-1a of the code units. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}
