import { declaresNothing, type Field, laterStageFields } from "#core/pipeline";

/** A field whose meaning this version does not carry out. */
export interface UnsupportedField {
  readonly field: Field;
  readonly message: string;
}

/**
 * The fields that declare something a run would have to do and this version cannot. They fail the run before any
 * stage: what was declared must never be left out silently.
 */
export function unsupportedStageFields(stage: string, fields: readonly Field[]): readonly UnsupportedField[] {
  return fields
    .filter(({ key, value }) => laterStageFields.has(key) && !declaresNothing(value))
    .map((field) => ({
      field,
      message: `"${field.key}" of stage "${stage}" is not supported in this version, so the pipeline was not started. Remove it to run the stage without.`,
    }));
}
