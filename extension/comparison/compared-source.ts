import * as vscode from "vscode";
import * as z from "zod";
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

/** A file as a revision has it. */
export function revisionSource(file: vscode.Uri, revision: string): ComparedSource {
  const said =
    revision === INDEX ? "index" : /^[0-9a-f]{40}$/.test(revision) ? revision.slice(0, 8) : revision;
  return { kind: "revision", file, revision, name: `${vscode.workspace.asRelativePath(file)} (${said})` };
}

/** Git's index, where the name of a revision stands. */
export const INDEX = "";

/** What VS Code's Git extension writes into the query of an address. */
const gitQuery = z.object({ path: z.string(), ref: z.string() });

/** The pipeline at an address, which may be that of what Git has in a revision or in its index. */
export function sourceAt(uri: vscode.Uri): ComparedSource {
  if (uri.scheme !== "git") return documentSource(uri);
  const { path, ref } = gitQuery.parse(JSON.parse(uri.query));
  // "~" is the index where there is something in it that is not committed, and else HEAD, which it is like then.
  return revisionSource(vscode.Uri.file(path), ref === "~" ? INDEX : ref);
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
