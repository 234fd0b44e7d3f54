import { type ExpressionScope, expressionScope } from "#core/checks";
import type { Project } from "#core/component-definitions";
import { type PipelineDocument, stageById } from "#core/pipeline";
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
  { stage: id, path }: FieldCursor,
): { readonly place: FieldPlace; readonly scope: ExpressionScope } | null {
  const stage = id === null ? undefined : stageById(document, id);
  if (stage === undefined) return null;
  const place = fieldPlaceOf(stage, path, project.definitions);
  return { place, scope: expressionScope(document, project, stage, place.names) };
}
