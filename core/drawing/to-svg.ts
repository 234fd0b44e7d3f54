import { type Box, connectionLine, defaultLayoutOptions, type LayoutNode, layoutGraph } from "#core/layout";
import type { Drawing, DrawnEdge, DrawnNode } from "./drawing.ts";
import { escapedXml } from "./escaped-xml.ts";
import { framesOf, notesUnder } from "./svg-annotations.ts";
import { lightStyle, svgStyle } from "./svg-style.ts";

/** For whoever looks at it: `by-reader` follows a light or dark page, `light` is for what looks the same everywhere. */
export type SvgColours = "by-reader" | "light";

/** The drawing as a picture that is whole by itself: no script, no font and no address of anything. */
export function toSvg(drawing: Drawing, colours: SvgColours = "by-reader"): string {
  const { title, roots, edges, groups, notes } = drawing;
  const boxes = layoutGraph(layoutNodes(roots, null), edges, { ...defaultLayoutOptions, padding: PADDING });
  const frames = framesOf(groups, boxes);
  const graph = unionOf([...boxes.values(), ...frames.map(({ box }) => box)]);
  const remarks = notesUnder(notes, graph);
  const whole = unionOf([graph, ...remarks.map(({ box }) => box)]);
  const [left, top] = [whole.x - MARGIN, whole.y - MARGIN];
  const [width, height] = [whole.width + 2 * MARGIN, whole.height + 2 * MARGIN];
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}" role="img">`,
    `<title>${escapedXml(title)}</title>`,
    `<style>${colours === "light" ? lightStyle : svgStyle}</style>`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0 8 4 0 8z"/></marker></defs>',
    `<rect class="page" x="${left}" y="${top}" width="${width}" height="${height}"/>`,
    ...frames.flatMap((part) => part.lines),
    ...roots.flatMap((node) => nodeLines(node, boxes)),
    ...edges.flatMap((edge) => edgeLines(edge, boxes)),
    ...remarks.flatMap((part) => part.lines),
    "</svg>",
  ];
  return `${lines.join("\n")}\n`;
}

const MARGIN = 16;
const WIDTH = 220;
const LINE = 18;
const PADDING = { top: 72, right: 24, bottom: 24, left: 24 };
/** What fits into a box: about 7 pixels a character, which its bold font has on average. */
const MOST_CHARACTERS = 28;

/** The smallest box around all and the origin, where a graph begins. */
function unionOf(boxes: readonly Box[]): Box {
  const x = Math.min(0, ...boxes.map((box) => box.x));
  const y = Math.min(0, ...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(0, ...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(0, ...boxes.map((box) => box.y + box.height)) - y,
  };
}

function layoutNodes(nodes: readonly DrawnNode[], parent: string | null): readonly LayoutNode[] {
  return nodes.flatMap(({ key, lines, children, status }, rank) => [
    {
      id: key,
      width: WIDTH,
      height: 20 + LINE * lines.length,
      parent,
      // Arms of a stage are under each other, as they are written.
      ...(status === null && parent !== null && key.includes("a") ? { rank } : {}),
    },
    ...layoutNodes(children, key),
  ]);
}

function nodeLines(
  { key, lines, status, children }: DrawnNode,
  boxes: ReadonlyMap<string, Box>,
): readonly string[] {
  const box = boxes.get(key);
  if (box === undefined) return [];
  const { x, y, width, height } = box;
  const kind = children.length > 0 ? "container" : "stage";
  const texts = lines.map((text, index) => {
    const name = index === 0 ? "name" : "more";
    return `<text class="${name}" x="${x + 12}" y="${y + 23 + index * LINE}">${escapedXml(shortened(text))}</text>`;
  });
  return [
    `<g class="${kind}${status === null ? "" : ` ${status}`}"><title>${escapedXml(lines.join("\n"))}</title>`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>`,
    ...texts,
    ...children.flatMap((child) => nodeLines(child, boxes)),
    "</g>",
  ];
}

function edgeLines({ from, to, kind, label }: DrawnEdge, boxes: ReadonlyMap<string, Box>): readonly string[] {
  const [start, end] = [boxes.get(from), boxes.get(to)];
  if (start === undefined || end === undefined) return [];
  const line = connectionLine(
    { x: start.x + start.width, y: start.y + start.height / 2 },
    { x: end.x, y: end.y + end.height / 2 },
  );
  const path = `<path class="edge ${kind}" marker-end="url(#arrow)" d="${line.path}"/>`;
  if (label === null) return [path];
  return [
    path,
    `<text class="label" x="${line.middle.x}" y="${line.middle.y - 4}">${escapedXml(shortened(label))}</text>`,
  ];
}

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length <= MOST_CHARACTERS
    ? text
    : `${characters.slice(0, MOST_CHARACTERS - 1).join("")}…`;
}
