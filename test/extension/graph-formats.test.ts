import { expect, test } from "vitest";
import { drawingOf } from "#core/drawing";
import { parsePipeline } from "#core/pipeline";
import { exportName, graphFormats } from "../../extension/export/graph-formats.ts";

const drawing = drawingOf(
  parsePipeline('{ "name": "p", "stages": [{ "id": "only", "component_type": "logger" }] }'),
  null,
);

test("CE-18 each format has a name, a use and an extension of its own, and holds the stages", () => {
  expect(graphFormats.map(({ name, extension }) => `${name} .${extension}`)).toEqual([
    "SVG .svg",
    "PNG .png",
    "Mermaid .mmd",
    "DOT .dot",
  ]);
  for (const { content } of graphFormats) {
    const text = content.kind === "text" ? content.write(drawing) : content.source(drawing);
    expect(text).toContain("only");
  }
});

test("an SVG is light or dark as its page is, what a PNG is made of always light", () => {
  const [svg, png] = graphFormats;
  expect(svg?.content.kind === "text" && svg.content.write(drawing)).toContain("prefers-color-scheme: dark");
  expect(png?.content.kind === "png" && png.content.source(drawing)).not.toContain("prefers-color-scheme");
});

test.each([
  ["/a/orders.pipeline.json", "orders.svg"],
  ["/a/Orders.PIPELINE.JSON", "Orders.svg"],
  ["/a/legacy.json", "legacy.svg"],
  ["/a/v1.2.pipeline.json", "v1.2.svg"],
  ["/a/.pipeline.json", "pipeline.svg"],
  ["Untitled-1", "Untitled-1.svg"],
])("the graph of %s is called %s", (path, name) => {
  const [svg] = graphFormats;
  if (svg === undefined) throw new Error("There is no format.");
  expect(exportName(path, svg)).toBe(name);
});
