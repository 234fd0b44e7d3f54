import type * as vscode from "vscode";
import type { FieldCompletions, FieldCursor, FieldHover } from "#protocol";

/** What the language server knows of the fields of a form, whose text may not be in the file yet. */
export interface FieldLanguage {
  /** What can stand at a place of a field of a pipeline. */
  completeField(pipeline: vscode.Uri, cursor: FieldCursor): Promise<FieldCompletions>;
  /** What is known of what stands there. */
  hoverField(pipeline: vscode.Uri, cursor: FieldCursor): Promise<FieldHover | null>;
}
