import { pipelineJsonSchema } from "#core/pipeline";
import type { FieldSchemas } from "./field-schema.ts";

/** The fields of a pipeline and of a stage in canonical form. */
export interface SchemaFields {
  readonly pipeline: FieldSchemas;
  readonly stage: FieldSchemas;
}

let read: SchemaFields | undefined;

/** Those of the published schema, made when they are first asked for. */
export function schemaFields(): SchemaFields {
  read ??= readFields();
  return read;
}

function readFields(): SchemaFields {
  // The schema is made by zod from ours; its fields have the keywords that a form looks at.
  const schema = pipelineJsonSchema() as {
    readonly properties?: FieldSchemas;
    readonly definitions?: Readonly<Record<string, { readonly properties?: FieldSchemas }>>;
  };
  const pipeline = schema.properties ?? schema.definitions?.["pipeline"]?.properties;
  const stage = schema.definitions?.["stage"]?.properties;
  if (pipeline === undefined || stage === undefined) throw new Error("The pipeline's schema has no fields.");
  return { pipeline, stage };
}
