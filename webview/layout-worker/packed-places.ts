import type { Box } from "#core/layout";
import type { LayoutPlan, Placement } from "../graph/place.ts";

/** Numbers of a box. */
const STRIDE = 4;

/** Places as numbers in the order of the plan's nodes, which can be handed over without being copied. */
export function packPlaces({ nodes }: LayoutPlan, places: Placement): Float64Array<ArrayBuffer> {
  const packed = new Float64Array(nodes.length * STRIDE);
  nodes.forEach(({ id }, index) => {
    const box = places.get(id);
    if (box === undefined) throw new Error(`The layout has no place for “${id}”.`);
    packed.set([box.x, box.y, box.width, box.height], index * STRIDE);
  });
  return packed;
}

/** The places again. Throws when they are not those of the plan. */
export function unpackPlaces({ nodes }: LayoutPlan, packed: unknown): Placement {
  if (!(packed instanceof Float64Array) || packed.length !== nodes.length * STRIDE)
    throw new Error("The layout worker's answer does not fit the graph.");
  const places = new Map<string, Box>();
  nodes.forEach(({ id }, index) => {
    const [x = 0, y = 0, width = 0, height = 0] = packed.subarray(index * STRIDE, (index + 1) * STRIDE);
    places.set(id, { x, y, width, height });
  });
  return places;
}
