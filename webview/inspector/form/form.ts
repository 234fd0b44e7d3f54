import type { JsonValue } from "#core/pipeline";
import type { Editor } from "./editor.ts";
import type { FieldLimits } from "./field-limits.ts";

/** What an inspector shows of a stage or of the pipeline: sections of rows, as plain values. */
export interface Form {
  /** Null: the pipeline. */
  readonly stage: string | null;
  readonly sections: readonly FormSection[];
}

/** Rows under a heading. */
export interface FormSection {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly FormRow[];
  /** Whether it begins folded: nothing in it is written, and most never need it. */
  readonly folded: boolean;
  /** The object that a key typed by a person is added to; null where none can be. */
  readonly addsTo: readonly string[] | null;
  /** The keys to offer for that. */
  readonly offers: readonly string[];
  /** What the section is for, where that is not plain. */
  readonly hint: string | null;
}

/** A field: a value at a path of the stage, or of the pipeline. */
export interface FormRow {
  /** Unique in its form. */
  readonly id: string;
  /** Where it is written, or would be. */
  readonly path: readonly string[];
  readonly label: string;
  /** What it is inside, for a field of an object that is shown field by field. */
  readonly within: string | null;
  readonly description: string;
  readonly required: boolean;
  /** The ways to edit it; {@link FormRow.chosen} is the one for the value as it is. */
  readonly editors: readonly Editor[];
  readonly chosen: number;
  /** Undefined: not given. */
  readonly written: JsonValue | undefined;
  /** What counts where nothing is given; undefined where that is nothing, or up to others. */
  readonly fallback: JsonValue | undefined;
  /** What is unusual about it, for the reader. */
  readonly note: string | null;
  /** What the schema asks of a value besides its type; said and shown, never enforced. */
  readonly limits: readonly FieldLimits[];
  /** The values to offer while typing. */
  readonly suggestions: readonly string[];
}

/** The id of the row at a path. */
export function rowId(path: readonly string[]): string {
  return JSON.stringify(path);
}
