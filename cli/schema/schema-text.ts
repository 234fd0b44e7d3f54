import { builtInProject, publishedPipelineSchema } from "#core/component-definitions";
import { manifestJsonSchema } from "#host";

/** A published schema as the text of its file. */
export function schemaText(what: "pipeline" | "manifest"): string {
  const schema =
    what === "pipeline" ? publishedPipelineSchema(builtInProject.definitions) : manifestJsonSchema();
  return `${JSON.stringify(schema, null, 2)}\n`;
}
