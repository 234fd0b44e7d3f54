import { nodeToJson, type PipelineDocument } from "#core/pipeline";

/** The JSON a document was read from, comments and all else that is not JSON left out. */
export function documentJson({ pipeline, tree }: PipelineDocument): Record<string, unknown> {
  return Object.fromEntries(
    pipeline.fields.map(({ key, value }) => {
      if (key !== "stages" || tree.container === null) return [key, nodeToJson(value)];
      const units = tree.units.map(({ node, property }) => [property?.key, nodeToJson(node)] as const);
      return [key, tree.container.kind === "map" ? Object.fromEntries(units) : units.map(([, json]) => json)];
    }),
  );
}
