import * as vscode from "vscode";
import { readRevision } from "./read-revision.ts";

/** A pipeline that is compared, wherever its text is. */
export type ComparedSource =
  /** A file or document as it is in the editor, saved or not. */
  | { readonly kind: "document"; readonly uri: vscode.Uri; readonly name: string }
  /** A file in a revision. */
  | { readonly kind: "revision"; readonly file: vscode.Uri; readonly revision: string; readonly name: string }
  /** A text that does not change, such as that of a recorded run. */
  | { readonly kind: "text"; readonly text: string; readonly name: string };

/** The pipeline in a file, called by its path in the workspace. */
export function documentSource(uri: vscode.Uri): ComparedSource {
  return { kind: "document", uri, name: vscode.workspace.asRelativePath(uri) };
}

/** The text as it is now; null where there is no such file. */
export async function readSource(source: ComparedSource): Promise<string | null> {
  switch (source.kind) {
    case "document":
      return await documentText(source.uri);
    case "revision":
      return await readRevision(source.file, source.revision);
    case "text":
      return source.text;
  }
}

async function documentText(uri: vscode.Uri): Promise<string | null> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open.getText();
  try {
    await vscode.workspace.fs.stat(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return null;
    throw error;
  }
  return (await vscode.workspace.openTextDocument(uri)).getText();
}
