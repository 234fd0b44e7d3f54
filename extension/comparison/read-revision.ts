import * as path from "node:path";
import type * as vscode from "vscode";
import { Refusal } from "../edge.ts";
import { readGitBlob } from "./git-blob.ts";
import { repositoryOf } from "./git-extension.ts";

/**
 * The text of a file in a revision; null where that has no such file. Throws a {@link Refusal} that says why it cannot be
 * read.
 */
export async function readRevision(file: vscode.Uri, revision: string): Promise<string | null> {
  const { repository, git } = await repositoryOf(file);
  const root = repository.rootUri.fsPath;
  const name = path.relative(root, file.fsPath).split(path.sep).join("/");
  const blob = await readGitBlob(git, root, revision, name);
  switch (blob.kind) {
    case "text":
      return blob.text;
    case "no-file":
      return null;
    case "no-revision":
      throw new Refusal(
        revision === "HEAD"
          ? "The repository has no commit yet, so that there is nothing to compare with."
          : `The repository has no revision "${revision}".`,
      );
    case "failed":
      throw new Refusal(`${name} cannot be read in ${revision}. Git says: ${blob.message}`);
  }
}
