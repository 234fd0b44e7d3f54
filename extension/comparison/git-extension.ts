import * as vscode from "vscode";
import { Refusal } from "../edge.ts";

/** What we use of the API of VS Code's Git extension (extensions/git/src/api/git.d.ts). */
export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    readonly indexChanges: readonly GitChange[];
    readonly workingTreeChanges: readonly GitChange[];
    readonly onDidChange: vscode.Event<void>;
  };
  getRefs(query: object): Promise<readonly GitRef[]>;
}

export interface GitChange {
  /** As it is now, or as it was where it is gone. */
  readonly uri: vscode.Uri;
  readonly originalUri: vscode.Uri;
  readonly renameUri: vscode.Uri | undefined;
}

export interface GitRef {
  /** 0: a branch, 1: a remote one, 2: a tag. */
  readonly type: number;
  readonly name?: string;
  readonly commit?: string;
}

interface GitApi {
  readonly git: { readonly path: string };
  openRepository?(root: vscode.Uri): Promise<GitRepository | null>;
  getRepository(uri: vscode.Uri): GitRepository | null;
}

/** The repository that a file is in, and the Git to ask. Throws a {@link Refusal} where there is none. */
export async function repositoryOf(
  file: vscode.Uri,
): Promise<{ readonly repository: GitRepository; readonly git: string }> {
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>("vscode.git");
  if (extension === undefined)
    throw new Refusal(
      vscode.workspace.isTrusted
        ? "VS Code's Git extension is turned off. Turn it on to compare a pipeline with what Git has of it."
        : "Git is not started in a workspace that is not trusted. Trust it to compare a pipeline with what Git has of it; two files can be compared without.",
    );
  const api = (await extension.activate()).getAPI(1);
  const repository =
    api.getRepository(file) ?? (await api.openRepository?.(vscode.Uri.joinPath(file, ".."))) ?? null;
  if (repository === null)
    throw new Refusal(
      `${vscode.workspace.asRelativePath(file)} is in no Git repository, so that there is nothing to compare it with.`,
    );
  return { repository, git: api.git.path };
}
