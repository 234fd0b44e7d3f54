import { type ExpressionScope, expressionScope } from "#core/checks";
import type { Project } from "#core/component-definitions";
import { blankDelivery, type PipelineDocument, type Stage, stageById } from "#core/pipeline";
import type { FieldCompletions, FieldCursor, FieldHover } from "#protocol";
import { completeExpression } from "./complete-expression.ts";
import { type FieldPlace, fieldPlaceOf } from "./field-place.ts";
import { hoverExpression } from "./hover-expression.ts";

/** What can be typed at a place of a field whose text may not be in the file yet; nothing outside of expressions. */
export function completeField(
  document: PipelineDocument,
  project: Project,
  cursor: FieldCursor,
): FieldCompletions {
  const around = surroundings(document, project, cursor);
  if (around === null) return { from: 0, items: [] };
  return completeExpression(cursor.text, cursor.offset, around.place, around.scope);
}

/** What is known of what stands at a place of a field. */
export function hoverField(
  document: PipelineDocument,
  project: Project,
  cursor: FieldCursor,
): FieldHover | null {
  const around = surroundings(document, project, cursor);
  return around === null ? null : hoverExpression(cursor.text, cursor.offset, around.place, around.scope);
}

function surroundings(
  document: PipelineDocument,
  project: Project,
  cursor: FieldCursor,
): { readonly place: FieldPlace; readonly scope: ExpressionScope } | null {
  const field = fieldOf(document, cursor);
  if (field === null) return null;
  const place = fieldPlaceOf(field.stage, field.path, project.definitions);
  return { place, scope: expressionScope(document, project, field.stage, place.names) };
}

/** Whose field a cursor is in; null where there are no expressions. */
function fieldOf(
  document: PipelineDocument,
  { stage: id, path }: FieldCursor,
): { readonly stage: Stage; readonly path: readonly string[] } | null {
  if (id !== null) {
    const stage = stageById(document, id);
    return stage === undefined ? null : { stage, path };
  }
  const [part, ...inner] = path;
  return part === "output_config" ? { stage: blankDelivery(), path: ["config", ...inner] } : null;
}
