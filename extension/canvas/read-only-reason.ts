import * as vscode from "vscode";

/** Why the text of `uri` cannot be edited, for the user; null when it can. */
export async function readOnlyReason(uri: vscode.Uri): Promise<string | null> {
  if (uri.scheme === "untitled") return null;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true) {
    return `This is a read-only view (${uri.scheme}). Open the file itself to edit it.`;
  }
  const permissions = await vscode.workspace.fs.stat(uri).then(
    (stat) => stat.permissions,
    // Not on disk (any more): saving will create it.
    () => undefined,
  );
  return permissions === vscode.FilePermission.Readonly ? "This file is read-only on disk." : null;
}
