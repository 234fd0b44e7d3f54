import * as vscode from "vscode";
import { COMPARED_SCHEME } from "../identifiers.ts";

/** Read-only documents of texts that are in no file: of a revision, of a recorded run. */
export interface SnapshotDocuments extends vscode.Disposable {
  /** A document with this text, whose tab is called `name`. */
  uriOf(name: string, text: string): vscode.Uri;
}

/** Keeps the texts of snapshots until it is disposed of. */
export function createSnapshotDocuments(): SnapshotDocuments {
  const texts = new Map<string, string>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(COMPARED_SCHEME, {
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? null,
  });
  return {
    uriOf(name, text) {
      for (let number = 0; ; number += 1) {
        const uri = vscode.Uri.from({
          scheme: COMPARED_SCHEME,
          path: `/${name}`,
          query: number === 0 ? "" : String(number),
        });
        const before = texts.get(uri.toString());
        if (before !== undefined && before !== text) continue;
        texts.set(uri.toString(), text);
        return uri;
      }
    },
    dispose: () => provider.dispose(),
  };
}
