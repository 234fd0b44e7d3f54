import type { WrittenStages } from "../content/written-stages.ts";

/** How the stages of a side stand, beside those of the base. */
export interface OrderBeside {
  /** Whether any of those that both have stands otherwise. */
  readonly hasMoves: boolean;
  /** Whether each other stage that both have is before this one in both, or behind it in both. */
  readonly isInOrder: (at: number) => boolean;
}

/** Compares the order of a list of stages with that of another, whose items `order` has by their places in the first. */
export function orderBeside({ items }: WrittenStages, order: Int32Array): OrderBeside {
  const least = new Int32Array(order.length + 1).fill(items.length);
  for (let at = order.length - 1; at >= 0; at -= 1) {
    const [place, behind] = [order[at] ?? -1, least[at + 1] ?? -1];
    least[at] = place < 0 ? behind : Math.min(place, behind);
  }
  const inOrder = new Uint8Array(order.length);
  let most = -1;
  let hasMoves = false;
  order.forEach((place, at) => {
    if (place < 0) return;
    if (place > most && place < (least[at + 1] ?? -1)) inOrder[at] = 1;
    else hasMoves = true;
    most = Math.max(most, place);
  });
  return { hasMoves, isInOrder: (at) => inOrder[at] === 1 };
}
