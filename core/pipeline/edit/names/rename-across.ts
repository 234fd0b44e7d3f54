import type { PipelineDocument } from "../../model.ts";
import type { TextEdit } from "../../text-edit.ts";
import { editPipeline } from "../edit-pipeline.ts";
import { type Refusal, refuse } from "../edit-result.ts";
import { renameInherited } from "./rename-inherited.ts";

/** A pipeline that extends another, and what people call its file. */
export interface Heir {
  readonly path: string;
  readonly document: PipelineDocument;
}

/** What a renaming changes in a file and in those that inherit from it, these in the order they were given in. */
export type RenameAcross =
  | {
      readonly ok: true;
      readonly edits: readonly TextEdit[];
      readonly heirs: readonly (readonly TextEdit[])[];
    }
  | Refusal;

/**
 * Gives a stage another id wherever its file names it, and in all pipelines that extend this one. Refused as a whole
 * where one of them cannot follow. `parent` is what the file itself extends.
 */
export function renameAcross(
  document: PipelineDocument,
  parent: PipelineDocument | null,
  { stage, to }: { readonly stage: string; readonly to: string },
  heirs: readonly Heir[],
): RenameAcross {
  const own = editPipeline(document, { kind: "rename-stage-id", stage, to }, parent);
  if (!own.ok) return own;
  if (own.edits.length === 0) return { ok: true, edits: [], heirs: heirs.map(() => []) };
  const renamed: (readonly TextEdit[])[] = [];
  for (const heir of heirs) {
    if (heir.document.broken)
      return refuse(
        `${heir.path} extends this pipeline, and its text has errors, so it could not follow. Mend it first.`,
      );
    const result = renameInherited(heir.document, stage, to);
    if (!result.ok) return refuse(`In ${heir.path}, which extends this pipeline: ${result.message}`);
    renamed.push(result.edits);
  }
  return { ok: true, edits: own.edits, heirs: renamed };
}
