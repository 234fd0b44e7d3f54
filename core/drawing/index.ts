// A pipeline's graph as a drawing, and writers of that for other tools: Mermaid, Graphviz and SVG. How a run went comes
// in as rows of plain words. It must never read a file, a journal or a theme, and what it writes names no address.
export {
  type Drawing,
  type DrawnEdge,
  type DrawnNode,
  type DrawnRow,
  type DrawnStatus,
  drawingOf,
  drawingOfRows,
} from "./drawing.ts";
export { toDot } from "./to-dot.ts";
export { toMermaid } from "./to-mermaid.ts";
export { type SvgColours, toSvg } from "./to-svg.ts";
