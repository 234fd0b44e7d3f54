import * as path from "node:path";
import * as vscode from "vscode";
import type { RunViews } from "../debug/run-views.ts";
import type { PipelineTexts } from "../texts/pipeline-texts.ts";
import { sameLogic } from "../texts/same-logic.ts";

const CONTINUE = "Continue with the Edited Pipeline";

/** Offers to go on with a pipeline that is edited and saved while its run is stopped. */
export function offerContinue(
  texts: PipelineTexts,
  runs: RunViews,
  { isSaving, continueEdited }: { readonly isSaving: () => boolean; readonly continueEdited: () => void },
): vscode.Disposable {
  const edited = new Set<string>();
  return vscode.Disposable.from(
    texts.onDidChange(({ document, before, after }) => {
      if (!sameLogic(before, after)) edited.add(document.uri.toString());
    }),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (!edited.delete(uri.toString()) || isSaving()) return;
      const { session, phase, past } = runs.of(uri);
      const isLive = phase === "stopped" && (past ?? null) === null;
      if (!isLive || session !== vscode.debug.activeDebugSession?.id) return;
      const text = `${path.basename(uri.fsPath)} was edited while its run is stopped. The run goes on with it as it was, unless it is to go on as it is now.`;
      void vscode.window.showInformationMessage(text, CONTINUE).then((choice) => {
        // Another run may have come to the front meanwhile: it is not the one that was spoken of.
        if (choice === CONTINUE && session === vscode.debug.activeDebugSession?.id) continueEdited();
      });
    }),
  );
}
