import * as vscode from "vscode";
import { type PipelineDocument, renameAcross } from "#core/pipeline";
import type { EditOutcome, EditQueue, PlannedChange } from "../canvas/apply-edit.ts";
import { bindLanguage } from "../open-as.ts";
import type { PipelineTexts } from "../texts/pipeline-texts.ts";
import type { InheritanceSource } from "./inheritances.ts";
import type { InheritedStages } from "./inherited-stages.ts";

/** What renaming needs. */
export interface RenameSurroundings {
  readonly texts: PipelineTexts;
  readonly edit: EditQueue;
  readonly inherited: Pick<InheritedStages, "parentOf">;
  readonly language: Pick<InheritanceSource, "heirsOf">;
}

/**
 * Gives a stage another id, in its file and in all that inherit from it, as one edit; where others change too, the
 * user is told how many.
 */
export async function renameStage(
  { texts, edit, inherited, language }: RenameSurroundings,
  document: vscode.TextDocument,
  change: { readonly stage: string; readonly to: string },
): Promise<EditOutcome> {
  const heirs: vscode.TextDocument[] = [];
  for (const uri of await language.heirsOf(document.uri)) {
    const heir = await vscode.workspace.openTextDocument(uri);
    await bindLanguage(heir);
    heirs.push(heir);
  }
  let changed: readonly vscode.TextDocument[] = [];
  const plan = (current: PipelineDocument): PlannedChange => {
    const among = heirs.map((heir) => ({
      path: vscode.workspace.asRelativePath(heir.uri),
      document: texts.read(heir),
    }));
    const result = renameAcross(current, inherited.parentOf(document), change, among);
    if (!result.ok) return result;
    const others = heirs.flatMap((heir, index) => {
      const edits = result.heirs[index] ?? [];
      return edits.length === 0 ? [] : [{ document: heir, edits }];
    });
    changed = others.map((other) => other.document);
    return { ok: true, edits: result.edits, others };
  };
  const outcome = await edit(document, plan);
  if (outcome.ok && changed.length > 0)
    void vscode.window.showInformationMessage(told(document, change, changed));
  return outcome;
}

function told(
  document: vscode.TextDocument,
  { stage, to }: { readonly stage: string; readonly to: string },
  others: readonly vscode.TextDocument[],
): string {
  const names = [document, ...others].map(({ uri }) => vscode.workspace.asRelativePath(uri));
  return `“${stage}” is “${to}” now, in ${names.length} files: ${names.join(", ")}.`;
}
