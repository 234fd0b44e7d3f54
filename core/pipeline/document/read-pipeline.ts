import { reportRepeatedKeys } from "../json/report-repeated-keys.ts";
import type { DocumentTree, Pipeline, Stage } from "../model.ts";
import type { Problem } from "../problem.ts";
import {
  fieldNamed,
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
    layout: readObject(report, fieldNamed(fields, "layout")),
    fields,
  };
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
    code: "stages-missing",
    message: 'A pipeline needs its stages: add "stages": [].',
    span: field?.value.span ?? { start, end: start + 1 },
  });
}
