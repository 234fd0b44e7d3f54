import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { builtInProject, publishedPipelineSchema } from "#core/component-definitions";
import { manifestJsonSchema } from "#host";

/** Writes the published JSON Schemas into `schemas/` of a folder. */
export function writeSchemas(folder: string): void {
  const schemas = new Map<string, object>([
    ["pipeline.schema.json", publishedPipelineSchema(builtInProject.definitions)],
    ["flowmason.schema.json", manifestJsonSchema()],
  ]);
  mkdirSync(path.join(folder, "schemas"), { recursive: true });
  for (const [name, schema] of schemas) {
    writeFileSync(path.join(folder, "schemas", name), `${JSON.stringify(schema, null, 2)}\n`);
  }
}
