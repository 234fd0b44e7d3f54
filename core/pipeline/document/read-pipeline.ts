import { reportRepeatedKeys } from "../json/report-repeated-keys.ts";
import type { DocumentTree, Pipeline, Stage } from "../model.ts";
import type { Problem } from "../problem.ts";
import { readingCode } from "../reading-codes.ts";
import {
  fieldNamed,
  fieldsOf,
  type Report,
  readBoolean,
  readObject,
  readText,
  reportType,
} from "../stage/field-reader.ts";

/** Gives a tree its meaning. Problems of shape outside the stages are added to `problems`. */
export function readPipeline(
  tree: Omit<DocumentTree, "identities">,
  stages: readonly Stage[],
  problems: Problem[],
): Pipeline {
  const fields = tree.properties;
  const report: Report = (problem) => problems.push({ severity: "error", ...problem });
  if (tree.root !== null) checkStages(tree, report);
  reportRepeatedKeys(fields, problems);
  checkLayout(tree, report);
  return {
    id: readText(report, fieldNamed(fields, "id")),
    name: readText(report, fieldNamed(fields, "name")),
    version: readText(report, fieldNamed(fields, "version")),
    description: readText(report, fieldNamed(fields, "description")),
    stages,
    inputSchema: fieldNamed(fields, "input_schema")?.value ?? null,
    outputSchema: fieldNamed(fields, "output_schema")?.value ?? null,
    outputStage: readText(report, fieldNamed(fields, "output_stage_id", "output_stage")),
    sampleInput: fieldNamed(fields, "sample_input", "example_input")?.value ?? null,
    extends: readText(report, fieldNamed(fields, "extends")),
    abstract: readBoolean(report, fieldNamed(fields, "abstract"), false),
    overrides: readObject(report, fieldNamed(fields, "overrides")),
    get layout() {
      return fieldsOf(fieldNamed(fields, "layout")?.value);
    },
    fields,
  };
}

/** Looks at the part and not at its placed value, which would be made for nothing at each keystroke. */
function checkLayout({ parts, properties }: Omit<DocumentTree, "identities">, report: Report): void {
  const index = parts.findLastIndex(({ property }) => property.key === "layout");
  const property = properties[index];
  if (property === undefined || parts[index]?.property.value.kind === "object") return;
  reportType(report, property, "an object in { }");
}

function checkStages(tree: Omit<DocumentTree, "identities">, report: Report): void {
  const field = fieldNamed(tree.properties, "stages");
  if (field !== undefined) {
    if (tree.container === null) reportType(report, field, "a list of stages in [ ]");
    if (field.value.kind !== "null") return;
  }
  // A child pipeline may take all its stages from its parent.
  if (fieldNamed(tree.properties, "extends") !== undefined) return;
  const { start } = tree.root ?? { start: 0 };
  report({
    code: readingCode.stagesMissing,
    message: 'A pipeline needs its stages: add "stages": [].',
    span: field?.value.span ?? { start, end: start + 1 },
  });
}
