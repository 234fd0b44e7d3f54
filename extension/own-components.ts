import * as vscode from "vscode";
import type { ComponentFace } from "#protocol";

/** The components of the projects' own, as the language server tells of them. */
export interface OwnComponents extends vscode.Disposable {
  /** Those that a file can use; none while nothing was told. */
  of(uri: vscode.Uri): readonly ComponentFace[];
  /** Takes what the language server tells of the project in a folder. */
  take(root: vscode.Uri, components: readonly ComponentFace[]): void;
  /** Something else was told of some project. */
  readonly onDidChange: vscode.Event<void>;
}

/** No components are known yet. */
export function createOwnComponents(): OwnComponents {
  const projects = new Map<string, readonly ComponentFace[]>();
  const changed = new vscode.EventEmitter<void>();
  return {
    of(uri) {
      const path = uri.toString();
      const roots = [...projects.keys()].filter((root) => path.startsWith(`${root}/`));
      // A project may lie in another: the inner one is the file's.
      const root = roots.sort((a, b) => b.length - a.length)[0];
      return root === undefined ? [] : (projects.get(root) ?? []);
    },
    take(root, components) {
      const key = root.toString();
      if (components.length === 0 && !projects.has(key)) return;
      projects.set(key, components);
      changed.fire();
    },
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}
