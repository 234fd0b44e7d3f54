import { pipelineAliases, pipelineJsonSchema, stageAliases } from "#core/pipeline";
import { manifestJsonSchema } from "#host";
import { code, page, table } from "./markdown.ts";
import { isSchema, listIn, propertiesOf, requiredOf, type TypeSchema, valueType } from "./value-type.ts";

/** docs/reference/fields.md: every field of a pipeline, of a stage, and of flowmason.json. */
export function fieldsPage(): string {
  const pipeline: TypeSchema = pipelineJsonSchema();
  const manifest: TypeSchema = { ...manifestJsonSchema() };
  const known = isSchema(pipeline["definitions"]) ? pipeline["definitions"] : {};
  const stage = isSchema(known["stage"]) ? known["stage"] : {};
  return page("Fields", [
    "What a `.pipeline.json` file and `flowmason.json` may say. A pipeline is shown in canonical form, to which `fm fmt --canonical` brings every file; the older spellings below are read as well. Keys that are not here are kept and mean nothing. JSON with comments is fine. `fm schema` prints the same as JSON Schema, for other editors.",
    "## Pipeline",
    ...fieldTables(pipeline, "", ["stages"]),
    "## Stage",
    "Inputs of each component: [components](components.md). Expressions: [the language](../expressions.md). What is checked: [the checks](../checks.md).",
    ...fieldTables(stage, "", []),
    "## Older spellings",
    "Read like the canonical name. Where both are written, the canonical one counts, but for `timeout_ms`, which counts before `timeout`.",
    aliasTable(),
    "## flowmason.json",
    "The project's manifest, beside or above its pipelines. Other keys are kept.",
    ...fieldTables(manifest, "", []),
  ]);
}

/** A table of an object's fields, then one for each field that is such an object. */
function fieldTables(schema: TypeSchema, path: string, left: readonly string[]): readonly string[] {
  const required = requiredOf(schema);
  const rows = propertiesOf(schema).map(([name, field]) => [
    code(path + name),
    name === "stages" && path === "" ? "list of stages" : valueType(field),
    required.has(name) ? "required" : "",
    typeof field["description"] === "string" ? field["description"] : "",
  ]);
  const inner = propertiesOf(schema)
    .filter(([name]) => !left.includes(name))
    .flatMap(([name, field]) => {
      const found = objectIn(field);
      if (found === undefined) return [];
      return fieldTables(found.schema, `${path}${name}${found.isItem ? "[]" : ""}.`, []);
    });
  return [table(["Field", "Type", "", "What it says"], rows), ...inner];
}

/** The object with fields of its own that a field holds, lists or has among its options. */
function objectIn(field: TypeSchema): { readonly schema: TypeSchema; readonly isItem: boolean } | undefined {
  const { items } = field;
  const candidates = [field, ...listIn(field, "anyOf")];
  const schema = candidates.find((each) => propertiesOf(each).length > 0);
  if (schema !== undefined) return { schema, isItem: false };
  return isSchema(items) && propertiesOf(items).length > 0 ? { schema: items, isItem: true } : undefined;
}

function aliasTable(): string {
  const rows = [
    ...Array.from(pipelineAliases, ([alias, name]) => ["pipeline", code(alias), code(name)]),
    ["pipeline", "`stages` as an object", "a list, each stage with its key as `id`"],
    ...Array.from(stageAliases, ([alias, name]) => ["stage", code(alias), code(name)]),
    ["stage", code("skip_if"), "`when`, with the opposite condition"],
    ["stage", code("error_handling"), "`on_error` and `retry`"],
    ["stage", "bodies written inside a stage", "lists of ids in `config`, and stages beside it"],
    ["stage", code("position"), "a line in the pipeline's `layout`"],
    ["expression", "`{{ stages.a.output.b }}`, `{{ a.output.b }}`", "`{{ upstream.a.b }}`"],
  ];
  return table(["Of", "Written", "Canonical"], rows);
}
