import { type Drawing, toDot, toMermaid, toSvg } from "#core/drawing";

/** A format that a graph can be exported in. */
export interface GraphFormat {
  readonly name: string;
  /** What it is good for, in the list to choose from. */
  readonly use: string;
  /** Without the dot. */
  readonly extension: string;
  readonly content: FormatContent;
}

/** How a file of a format comes about: text is written as it is, a picture is drawn of an SVG. */
export type FormatContent =
  | { readonly kind: "text"; readonly write: (drawing: Drawing) => string }
  | { readonly kind: "png"; readonly source: (drawing: Drawing) => string };

/** What `fm graph` writes, and a picture of pixels. */
export const graphFormats: readonly GraphFormat[] = [
  {
    name: "SVG",
    use: "a picture of any size, for light and dark pages",
    extension: "svg",
    content: { kind: "text", write: (drawing) => toSvg(drawing) },
  },
  {
    name: "PNG",
    use: "a picture on white; drawn by the canvas, which has to be open",
    extension: "png",
    content: { kind: "png", source: (drawing) => toSvg(drawing, "light") },
  },
  {
    name: "Mermaid",
    use: "text that GitHub and Markdown viewers draw",
    extension: "mmd",
    content: { kind: "text", write: toMermaid },
  },
  { name: "DOT", use: "text for Graphviz", extension: "dot", content: { kind: "text", write: toDot } },
];

/** `orders.svg` for `orders.pipeline.json`; of a path, its last part counts. */
export function exportName(pipelinePath: string, { extension }: GraphFormat): string {
  const file = pipelinePath.slice(pipelinePath.lastIndexOf("/") + 1);
  const name = file.replace(/(?:\.pipeline)?\.json$/i, "");
  return `${name === "" ? "pipeline" : name}.${extension}`;
}
