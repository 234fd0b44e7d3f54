import { homedir } from "node:os";
import * as vscode from "vscode";
import { Refusal } from "../edge.ts";
import { type GitMergeScope, installGitMerge } from "./install-git-merge.ts";
import { type LauncherTarget, launcherIn, refreshLauncher } from "./launcher.ts";

type GitMergeContext = Pick<vscode.ExtensionContext, "extensionUri" | "globalStorageUri">;

interface ScopeItem extends vscode.QuickPickItem {
  readonly scope: GitMergeScope;
}

/**
 * Lets the user choose a repository, or all of them, and has Git merge the pipelines in it by what they say. Throws
 * {@link Refusal} where Git cannot be set up.
 */
export async function setUpGitMerge({ extensionUri, globalStorageUri }: GitMergeContext): Promise<void> {
  const chosen = await vscode.window.showQuickPick(scopes(), {
    title: "Set Up Git Merge for Pipelines",
    placeHolder: "Where is Git to merge pipelines by stage and property?",
  });
  if (chosen === undefined) return;
  const launcher = launcherIn(globalStorageUri.fsPath);
  const { ok, message } = await installGitMerge(chosen.scope, launcher, launcherTarget(extensionUri));
  if (!ok) throw new Refusal(`Git could not be set up to merge pipelines. ${message}`);
  // Not waited for: it may stand there for as long as the user likes.
  void vscode.window.showInformationMessage(message);
}

/** Has the launcher that Git's settings name start this version of the extension, where there is one. */
export async function refreshGitMerge({ extensionUri, globalStorageUri }: GitMergeContext): Promise<void> {
  await refreshLauncher(launcherIn(globalStorageUri.fsPath), launcherTarget(extensionUri));
}

/** In a folder that is not trusted Git is not run: its settings there could start programs. */
function scopes(): readonly ScopeItem[] {
  const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  return [
    ...folders
      .filter(({ uri }) => uri.scheme === "file")
      .map(
        ({ name, uri }): ScopeItem => ({
          label: `The repository of ${name}`,
          description: "this clone only",
          scope: { kind: "repository", folder: uri.fsPath },
        }),
      ),
    {
      label: "All my repositories",
      description: "for this user of this machine",
      scope: { kind: "user", home: homedir() },
    },
  ];
}

function launcherTarget(extensionUri: vscode.Uri): LauncherTarget {
  return {
    node: process.execPath,
    fm: vscode.Uri.joinPath(extensionUri, "dist", "node", "cli.mjs").fsPath,
  };
}
