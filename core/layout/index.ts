// Positions for a graph of boxes and lines between them: layered, deterministic, linear in practice, with containers around their
// children. It knows nothing of pipelines or of drawing, and must never read a clock, a random number or the
// order in which its input happens to come.
export type { Box, Point } from "./box.ts";
export { type ConnectionLine, connectionCorners, connectionLine } from "./connection-line.ts";
export {
  areAllKept,
  defaultLayoutOptions,
  type LayoutEdge,
  type LayoutNode,
  type LayoutOptions,
  layoutGraph,
} from "./layout-graph.ts";
