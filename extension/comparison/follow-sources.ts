import * as vscode from "vscode";
import type { Edge } from "../edge.ts";
import type { ComparedSources } from "./comparison-panel.ts";
import { repositoryOf } from "./git-extension.ts";

/** Milliseconds without a change after which a comparison is made anew. */
const SETTLED_AFTER = 250;

/** Calls `changed` when one of the two texts may be another now: it was typed in, written, or committed. */
export function followSources(
  { before, after }: ComparedSources,
  edge: Edge,
  changed: () => Promise<void>,
): vscode.Disposable {
  let settling: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    clearTimeout(settling);
    settling = setTimeout(() => void edge.run("comparing two pipelines", changed), SETTLED_AFTER);
  };
  const subscriptions: vscode.Disposable[] = [];
  let isOver = false;
  for (const source of [before, after]) {
    switch (source.kind) {
      case "document": {
        const { uri } = source;
        const isIt = (other: vscode.Uri): boolean => other.toString() === uri.toString();
        const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
        const pattern = new vscode.RelativePattern(
          vscode.Uri.joinPath(uri, ".."),
          name.replaceAll(/[*?[\]{}]/g, "?"),
        );
        const watcher = vscode.workspace.createFileSystemWatcher(pattern);
        subscriptions.push(
          watcher,
          watcher.onDidCreate(soon),
          watcher.onDidChange(soon),
          watcher.onDidDelete(soon),
          vscode.workspace.onDidChangeTextDocument(({ document }) => {
            if (isIt(document.uri)) soon();
          }),
        );
        break;
      }
      case "revision":
        void repositoryOf(source.file).then(
          ({ repository }) => {
            if (!isOver) subscriptions.push(repository.state.onDidChange(soon));
          },
          // The view says why there is none.
          () => undefined,
        );
        break;
      case "text":
        break;
    }
  }
  return {
    dispose() {
      isOver = true;
      clearTimeout(settling);
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
