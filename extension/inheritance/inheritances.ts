import * as vscode from "vscode";
import type { Inheritance, StageOrigin } from "#protocol";

/** What open pipelines inherit, as the language server tells: parents that are being edited included. */
export interface Inheritances extends vscode.Disposable {
  /** Null while nothing was told. */
  of(uri: vscode.Uri): Inheritance | null;
  /** Where a stage that the parent has is written. */
  originOf(uri: vscode.Uri, stage: string): StageOrigin | undefined;
  /** The files for which something was told: those to ask for again when the language server starts anew. */
  followed(): readonly vscode.Uri[];
  /** Takes what the language server tells of a file. */
  take(uri: vscode.Uri, inheritance: Inheritance): void;
  /** Another thing was told of the file. */
  readonly onDidChange: vscode.Event<vscode.Uri>;
}

/** What language servers tell of inheritance. */
export interface InheritanceSource {
  /** What an open pipeline inherits now; changes are told from then on. */
  inheritanceOf(pipeline: vscode.Uri): Promise<Inheritance>;
  /** The pipelines that extend an open one, directly or through others. */
  heirsOf(pipeline: vscode.Uri): Promise<readonly vscode.Uri[]>;
}

interface Known {
  readonly uri: vscode.Uri;
  readonly inheritance: Inheritance;
  readonly origins: ReadonlyMap<string, StageOrigin>;
}

/** Nothing was told yet. */
export function createInheritances(): Inheritances {
  const known = new Map<string, Known>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => known.delete(uri.toString()));
  return {
    of: (uri) => known.get(uri.toString())?.inheritance ?? null,
    originOf: (uri, stage) => known.get(uri.toString())?.origins.get(stage),
    followed: () => Array.from(known.values(), ({ uri }) => uri),
    take(uri, inheritance) {
      const origins = new Map(inheritance.parent?.origins.map((origin) => [origin.stage, origin]));
      known.set(uri.toString(), { uri, inheritance, origins });
      changed.fire(uri);
    },
    onDidChange: changed.event,
    dispose: () => vscode.Disposable.from(changed, closing).dispose(),
  };
}
