import * as vscode from "vscode";
import { Refusal } from "../edge.ts";

/** What we use of the API of VS Code's Git extension (extensions/git/src/api/git.d.ts). */
export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    readonly indexChanges: readonly GitChange[];
    /** What Git could not merge. */
    readonly mergeChanges: readonly GitChange[];
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
  readonly state: "uninitialized" | "initialized";
  readonly onDidChangeState: vscode.Event<GitApi["state"]>;
  openRepository?(root: vscode.Uri): Promise<GitRepository | null>;
  getRepository(uri: vscode.Uri): GitRepository | null;
}

/** The repository that a file is in, and the Git to ask. Throws a {@link Refusal} where there is none. */
export async function repositoryOf(
  file: vscode.Uri,
): Promise<{ readonly repository: GitRepository; readonly git: string }> {
  const api = await gitApi();
  if (api === null)
    throw new Refusal(
      vscode.workspace.isTrusted
        ? "VS Code's Git extension is turned off. Turn it on to compare a pipeline with what Git has of it."
        : "Git is not started in a workspace that is not trusted. Trust it to compare a pipeline with what Git has of it; two files can be compared without.",
    );
  const repository =
    api.getRepository(file) ?? (await api.openRepository?.(vscode.Uri.joinPath(file, ".."))) ?? null;
  if (repository === null)
    throw new Refusal(
      `${vscode.workspace.asRelativePath(file)} is in no Git repository, so that there is nothing to compare it with.`,
    );
  return { repository, git: api.git.path };
}

/** The repository of a file that VS Code has open, as soon as it has looked for them; null where it has none. */
export async function openRepositoryOf(file: vscode.Uri): Promise<GitRepository | null> {
  const api = await gitApi();
  if (api === null) return null;
  if (api.state !== "initialized") await new Promise<void>((found) => whenInitialized(api, found));
  return api.getRepository(file);
}

function whenInitialized(api: GitApi, then: () => void): void {
  const listening = api.onDidChangeState((state) => {
    if (state !== "initialized") return;
    listening.dispose();
    then();
  });
}

/** Null where the extension is turned off, or the workspace not trusted. */
async function gitApi(): Promise<GitApi | null> {
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>("vscode.git");
  return extension === undefined ? null : (await extension.activate()).getAPI(1);
}
