import { absoluteSpan } from "../document/locate.ts";
import type { Field, PipelineDocument, Stage } from "../model.ts";
import type { Problem } from "../problem.ts";
import { readingCode } from "../reading-codes.ts";
import { fieldNamed, fieldsOf } from "../stage/field-reader.ts";

/** Why a document cannot be rewritten without losing something; null when it can. */
export function refusal(document: PipelineDocument): Problem | null {
  const { problems, pipeline, tree } = document;
  const error = problems.find(({ severity }) => severity === "error");
  if (error !== undefined) return error;
  for (const stage of pipeline.stages) {
    const inner = innerId(stage, tree);
    if (inner === null) continue;
    return {
      code: readingCode.conflictingFields,
      severity: "error",
      message: `The stage "${stage.id}" has an "id" of its own inside, which would become its id in canonical form. Rename that key or remove it.`,
      span: absoluteSpan(document, stage, inner),
      stage: stage.id,
    };
  }
  return repeatedKey(document);
}

/** In a body or in the map dialect, a stage's id is its key. */
function innerId(stage: Stage, { container }: PipelineDocument["tree"]): Problem["span"] | null {
  if (container?.kind === "list" && stage.nestedIn === null) return null;
  const field = fieldNamed(stage.fields, "id");
  const name = stage.id.slice(stage.id.lastIndexOf("/") + 1);
  if (field === undefined || (field.value.kind === "string" && field.value.value === name)) return null;
  return field.keySpan;
}

/** Of two properties of one name the last counts, and rewriting would make one of them. */
function repeatedKey(document: PipelineDocument): Problem | null {
  const { pipeline } = document;
  const problemAt = (field: Field, span: Problem["span"]): Problem => ({
    code: readingCode.repeatedKey,
    severity: "error",
    message: `${JSON.stringify(field.key)} is written twice here, and only the last counts. Remove one of them.`,
    span,
  });
  const top = repeatedIn(pipeline.fields) ?? repeatedIn(pipeline.layout);
  if (top !== undefined) return problemAt(top, top.keySpan);
  for (const stage of pipeline.stages) {
    const handling = fieldsOf(fieldNamed(stage.fields, "error_handling")?.value);
    for (const fields of [stage.fields, stage.config, stage.inputMapping, handling]) {
      const field = repeatedIn(fields);
      if (field !== undefined) return problemAt(field, absoluteSpan(document, stage, field.keySpan));
    }
  }
  return null;
}

function repeatedIn(fields: readonly Field[]): Field | undefined {
  const seen = new Set<string>();
  return fields.find(({ key }) => seen.size === seen.add(key).size);
}
