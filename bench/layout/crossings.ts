import type { Pipeline } from "./pipelines.ts";
import type { Places } from "./places.ts";

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly right: number;
}

/** How many pairs of edges cross that share no stage, each drawn as a straight line between the centres of its stages. */
export function straightCrossings({ edges }: Pipeline, places: Places): number {
  const segments = edges
    .map(([from, to]): Segment => {
      const [a, b] = [places.x[from] ?? 0, places.x[to] ?? 0];
      return { from, to, left: Math.min(a, b), right: Math.max(a, b) };
    })
    .sort((a, b) => a.left - b.left);
  let crossings = 0;
  let open: Segment[] = [];
  for (const segment of segments) {
    open = open.filter(({ right }) => right > segment.left);
    for (const other of open) if (cross(segment, other, places)) crossings++;
    open.push(segment);
  }
  return crossings;
}

function cross(a: Segment, b: Segment, places: Places): boolean {
  if (a.from === b.from || a.from === b.to || a.to === b.from || a.to === b.to) return false;
  const side = (s: Segment, p: number): number => {
    const [x, y] = [places.x[s.from] ?? 0, places.y[s.from] ?? 0];
    const dx = (places.x[s.to] ?? 0) - x;
    const dy = (places.y[s.to] ?? 0) - y;
    return Math.sign(dx * ((places.y[p] ?? 0) - y) - dy * ((places.x[p] ?? 0) - x));
  };
  return side(a, b.from) * side(a, b.to) < 0 && side(b, a.from) * side(b, a.to) < 0;
}
